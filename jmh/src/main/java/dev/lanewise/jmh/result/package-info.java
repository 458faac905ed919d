/** Results of benchmarks, as JMH and the comparison with peers write them. */
package dev.lanewise.jmh.result;
