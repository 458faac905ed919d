/**
 * Training and prediction of dense neural networks in pure Java, on the Vector API.
 *
 * <p>Three doors: {@code dev.lanewise} trains a network, {@code dev.lanewise.kernel} works on your
 * own arrays, and {@code dev.lanewise.BackendInfo} tells what really ran.
 */
module dev.lanewise.engine {
  requires jdk.incubator.vector;
  requires jdk.management;

  exports dev.lanewise;
  exports dev.lanewise.data;
  exports dev.lanewise.io;
  exports dev.lanewise.kernel;
  exports dev.lanewise.loop;
  exports dev.lanewise.metric;
  exports dev.lanewise.model;
}
