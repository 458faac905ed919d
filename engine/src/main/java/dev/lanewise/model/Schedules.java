package dev.lanewise.model;

import java.util.Objects;

/** The schedules that {@link Schedule} makes, where their formulas stand. */
final class Schedules {
  private Schedules() {}

  private static void checkTime(long t) {
    HyperParameter.atLeast(0, "time", t);
  }

  /** Half a cosine from one rate to another, at a part of the way. */
  private static double anneal(double from, double to, double part) {
    return to + (from - to) * (1 + StrictMath.cos(Math.PI * part)) / 2;
  }

  private static double part(long t, long length) {
    return (double) t / (double) length;
  }

  record Constant() implements Schedule {
    @Override
    public double rate(double base, long t) {
      checkTime(t);
      return base;
    }
  }

  record Step(long size, double gamma) implements Schedule {
    Step {
      HyperParameter.atLeast(1, "size", size);
      HyperParameter.atLeastZero("gamma", gamma);
    }

    @Override
    public double rate(double base, long t) {
      checkTime(t);
      long steps = t / size;
      return base * StrictMath.pow(gamma, (double) steps);
    }
  }

  record Cosine(long length, double minimum) implements Schedule {
    Cosine {
      HyperParameter.atLeast(1, "length", length);
      HyperParameter.atLeastZero("minimum", minimum);
    }

    @Override
    public double rate(double base, long t) {
      checkTime(t);
      return t < length ? anneal(base, minimum, part(t, length)) : minimum;
    }
  }

  record Restarts(long first, long multiplier, double minimum) implements Schedule {
    Restarts {
      HyperParameter.atLeast(1, "first", first);
      HyperParameter.atLeast(1, "multiplier", multiplier);
      HyperParameter.atLeastZero("minimum", minimum);
    }

    @Override
    public double rate(double base, long t) {
      checkTime(t);
      long length = first;
      long since = t;
      if (multiplier == 1) {
        since = t % first;
      } else {
        while (since >= length) {
          since -= length;
          length = length > Long.MAX_VALUE / multiplier ? Long.MAX_VALUE : length * multiplier;
        }
      }
      return anneal(base, minimum, part(since, length));
    }
  }

  record WarmUp(long length, double from) implements Schedule {
    WarmUp {
      HyperParameter.atLeast(1, "length", length);
      HyperParameter.atMostOne("from", from);
    }

    @Override
    public double rate(double base, long t) {
      checkTime(t);
      return t < length ? base * (from + (1 - from) * part(t, length)) : base;
    }
  }

  record OneCycle(long length, double rise, double divisor, double lastDivisor)
      implements Schedule {
    OneCycle {
      HyperParameter.atLeast(1, "length", length);
      HyperParameter.belowOne("rise", rise);
      HyperParameter.positive("divisor", divisor);
      HyperParameter.positive("last divisor", lastDivisor);
    }

    @Override
    public double rate(double base, long t) {
      checkTime(t);
      double top = rise * (double) length - 1;
      double end = (double) length - 1;
      double first = base / divisor;
      if (t < top) {
        return anneal(first, base, (double) t / top);
      }
      return anneal(base, first / lastDivisor, Math.min(1, ((double) t - top) / (end - top)));
    }
  }

  record Until(Schedule schedule, long length) implements Schedule {
    Until {
      Objects.requireNonNull(schedule, "schedule");
      HyperParameter.atLeast(1, "length", length);
    }

    @Override
    public double rate(double base, long t) {
      return schedule.rate(base, t);
    }
  }

  record Sequence(Schedule before, Schedule after) implements Schedule {
    Sequence {
      Objects.requireNonNull(before, "before");
      Objects.requireNonNull(after, "next");
    }

    @Override
    public double rate(double base, long t) {
      return t < before.length() ? before.rate(base, t) : after.rate(base, t - before.length());
    }

    @Override
    public long length() {
      long sum = before.length() + after.length();
      return sum < 0 ? Long.MAX_VALUE : sum;
    }
  }
}
