package dev.lanewise.cli.run;

import java.util.concurrent.CountDownLatch;

/**
 * Ctrl-C, or any other polite request to end: while this is open, the virtual machine waits with
 * its end until this is closed, so that the step at hand is finished and written.
 */
public final class Interrupt implements AutoCloseable {
  /** What shells expect of a program that Ctrl-C ended. */
  public static final int EXIT_CODE = 130;

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::hold, "lanewise-interrupt");
  private volatile boolean asked;

  private Interrupt() {}

  public static Interrupt listen() {
    Interrupt interrupt = new Interrupt();
    Runtime.getRuntime().addShutdownHook(interrupt.hook);
    return interrupt;
  }

  private void hold() {
    asked = true;
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns whether to stop. */
  public boolean asked() {
    return asked;
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The virtual machine is ending, and has run the hook.
      asked = true;
    }
  }
}
