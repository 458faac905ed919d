package dev.lanewise.internal.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class WorkersTest {
  private static final long MUCH = Long.MAX_VALUE;
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** Other tests may have left some that will end. */
  private final List<Thread> before = all();

  private static List<Thread> all() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("lanewise-worker"))
        .toList();
  }

  private List<Thread> threads() {
    return all().stream().filter(thread -> !before.contains(thread)).toList();
  }

  private static boolean comes(BooleanSupplier state) throws InterruptedException {
    long started = System.nanoTime();
    while (!state.getAsBoolean()) {
      if (System.nanoTime() - started > LONGEST_NANOS) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return true;
  }

  private static int shared(Workers workers) {
    AtomicInteger done = new AtomicInteger();
    workers.run((part, _, _) -> done.addAndGet(1 << part), MUCH);
    return done.get();
  }

  @Test
  void theyStartWithTheFirstTaskThatIsShared() {
    try (Workers workers = new Workers("this", 4)) {
      workers.run((_, parts, _) -> assertEquals(1, parts), 1);
      assertEquals(List.of(), threads());
      assertEquals(0b1111, shared(workers));
      assertEquals(3, threads().size());
    }
  }

  @Test
  void theyEndWhenTheyAreIdleAndComeBack() throws InterruptedException {
    try (Workers workers = new Workers("this", 4)) {
      for (int time = 0; time < 2; time++) {
        assertEquals(0b1111, shared(workers));
        assertTrue(comes(() -> threads().isEmpty()), () -> "still there: " + threads());
      }
    }
  }

  @Test
  void theyEndAtClose() throws InterruptedException {
    Workers workers = new Workers("this", 4);
    shared(workers);
    workers.close();
    assertTrue(comes(() -> threads().isEmpty()), () -> "still there: " + threads());
    Exception e = assertThrows(IllegalStateException.class, () -> shared(workers));
    assertEquals("this was closed", e.getMessage());
  }

  /** They do not end by being idle here, for an hour is longer than the test waits. */
  @Test
  void theyEndWhenNobodyHoldsThem() throws InterruptedException {
    long hour = TimeUnit.HOURS.toNanos(1);
    shared(new Workers("this", 4, hour));
    assertEquals(3, threads().size());
    assertTrue(
        comes(
            () -> {
              System.gc();
              return threads().isEmpty();
            }),
        () -> "still there: " + threads());
  }

  @Test
  void aPartThatFailsIsToldWhenTheOthersAreDoneAndTheNextTaskRuns() {
    try (Workers workers = new Workers("this", 4)) {
      for (int bad = 0; bad < 4; bad++) {
        int failing = bad;
        AtomicInteger done = new AtomicInteger();
        ArithmeticException thrown = new ArithmeticException("part " + bad);
        Exception e =
            assertThrows(
                IllegalStateException.class,
                () ->
                    workers.run(
                        (part, _, _) -> {
                          if (part == failing) {
                            throw thrown;
                          }
                          done.addAndGet(1 << part);
                        },
                        MUCH));
        assertEquals("a part of the work failed", e.getMessage());
        assertSame(thrown, e.getCause());
        assertEquals(0b1111 & ~(1 << bad), done.get());
        assertEquals(0b1111, shared(workers));
      }
    }
  }

  /** An error of a task that is not shared reaches the caller as it is. */
  @Test
  void aTaskThatOneThreadDoesFailsAsItWouldWithoutWorkers() {
    try (Workers workers = new Workers("this", 4)) {
      ArithmeticException thrown = new ArithmeticException();
      Task task =
          (_, _, _) -> {
            throw thrown;
          };
      assertSame(thrown, assertThrows(ArithmeticException.class, () -> workers.run(task, 1)));
    }
  }

  @Test
  void eachPartIsDoneOnceAndNoTwoByOneThreadAtATime() {
    try (Workers workers = new Workers("this", 3)) {
      for (int task = 0; task < 2_000; task++) {
        AtomicIntegerArray done = new AtomicIntegerArray(3);
        AtomicIntegerArray busy = new AtomicIntegerArray(3);
        workers.run(
            (part, parts, thread) -> {
              assertEquals(done.length(), parts);
              assertEquals(1, busy.incrementAndGet(thread));
              done.incrementAndGet(part);
              busy.decrementAndGet(thread);
            },
            MUCH);
        for (int part = 0; part < done.length(); part++) {
          assertEquals(1, done.get(part), "part " + part);
        }
      }
    }
  }

  /** None goes on until all have begun, so that none does the part of another. */
  @Test
  void aThreadBeginsWithItsOwnPart() {
    try (Workers workers = new Workers("this", 4)) {
      for (int task = 0; task < 20; task++) {
        CountDownLatch all = new CountDownLatch(4);
        workers.run(
            (part, _, thread) -> {
              assertEquals(part, thread);
              all.countDown();
              await(all);
            },
            MUCH);
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(LONGEST_NANOS, TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One holds its part until the others are done with theirs, whoever of them does those. */
  @Test
  void whatAThreadDoesNotBeginIsDoneByOthers() {
    try (Workers workers = new Workers("this", 3)) {
      CountDownLatch rest = new CountDownLatch(2);
      AtomicInteger held = new AtomicInteger(-1);
      workers.run(
          (part, _, thread) -> {
            if (thread == 1 && held.compareAndSet(-1, part)) {
              await(rest);
            } else {
              rest.countDown();
            }
          },
          MUCH);
      assertTrue(held.get() == -1 || rest.getCount() == 0);
    }
  }

  /** In one go there may be many; a moment later none. */
  @Test
  void thousandsThatWereForgottenLeaveNoThreads() throws InterruptedException {
    int most = 0;
    for (int i = 0; i < 2_000; i++) {
      shared(new Workers("this", 4));
      most = i % 100 == 0 ? Math.max(most, threads().size()) : most;
    }
    assertTrue(most > 0);
    assertTrue(comes(() -> threads().isEmpty()), () -> threads().size() + " are still there");
  }

  @Test
  void anInterruptedOneSleepsAndGoesOn() throws InterruptedException {
    ThreadMXBean times = ManagementFactory.getThreadMXBean();
    try (Workers workers = new Workers("this", 3)) {
      shared(workers);
      List<Thread> members = threads();
      TimeUnit.MILLISECONDS.sleep(100);
      members.forEach(Thread::interrupt);
      TimeUnit.MILLISECONDS.sleep(100);
      long cpu = members.stream().mapToLong(m -> times.getThreadCpuTime(m.threadId())).sum();
      TimeUnit.MILLISECONDS.sleep(400);
      for (Thread member : members) {
        long used = times.getThreadCpuTime(member.threadId());
        assertTrue(used - cpu < TimeUnit.MILLISECONDS.toNanos(50), () -> "spins: " + used);
      }
      assertEquals(0b111, shared(workers));
    }
  }
}
