package dev.lanewise.internal.simd;

import dev.lanewise.internal.jvm.VirtualMachine;
import dev.lanewise.internal.tuning.LanewiseProperties;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The one vector width that every vector kernel uses, chosen when this class is loaded. */
public final class Lanes {
  /** The species of float vectors. */
  public static final VectorSpecies<Float> F =
      choose(
          LanewiseProperties.vectorBits(LanewiseProperties.read()),
          FloatVector.SPECIES_PREFERRED.vectorBitSize());

  /** The species of int vectors, with as many lanes as {@link #F}. */
  public static final VectorSpecies<Integer> I =
      VectorSpecies.of(int.class, VectorShape.forBitSize(F.vectorBitSize()));

  /** The number of floats in a vector. */
  public static final int LANES = F.length();

  /** The width of a vector in bits: 128, 256 or 512. */
  public static final int BITS = F.vectorBitSize();

  /**
   * Whether vectors are loaded and stored in part. Where not, there are 4 lanes, and at most 3
   * numbers that are left over go one by one: a mask would make objects of the vectors.
   */
  public static final boolean PARTS = LANES > 4 || VirtualMachine.storesPartsOfVectors();

  private Lanes() {}

  /** Returns how many of {@code n} numbers vectors take: all, or only those of whole vectors. */
  public static int inVectors(int n) {
    return PARTS ? n : F.loopBound(n);
  }

  /** Without C2 the preferred width may be 64 bits; beyond 512 bits nothing has been tested. */
  static VectorSpecies<Float> choose(int asked, int preferred) {
    int bits = asked == 0 ? preferred : asked;
    return bits >= 512
        ? FloatVector.SPECIES_512
        : bits >= 256 ? FloatVector.SPECIES_256 : FloatVector.SPECIES_128;
  }
}
