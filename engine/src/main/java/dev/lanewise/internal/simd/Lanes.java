package dev.lanewise.internal.simd;

import dev.lanewise.internal.tuning.Given;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The one vector width that every vector kernel uses, chosen when this class is loaded. */
public final class Lanes {
  /** The system property that sets the width, in bits, instead of the machine's preference. */
  public static final String PROPERTY = "lanewise.vectorBits";

  /** The species of float vectors. */
  public static final VectorSpecies<Float> F =
      choose(Given.read().get(PROPERTY), FloatVector.SPECIES_PREFERRED.vectorBitSize());

  /** The species of int vectors, with as many lanes as {@link #F}. */
  public static final VectorSpecies<Integer> I =
      VectorSpecies.of(int.class, VectorShape.forBitSize(F.vectorBitSize()));

  /** The number of floats in a vector. */
  public static final int LANES = F.length();

  /** The width of a vector in bits: 128, 256 or 512. */
  public static final int BITS = F.vectorBitSize();

  private Lanes() {}

  static VectorSpecies<Float> choose(String property, int preferredBits) {
    if (property == null) {
      // Without C2 the preferred width may be 64 bits; beyond 512 bits nothing has been tested.
      return preferredBits >= 512
          ? FloatVector.SPECIES_512
          : preferredBits >= 256 ? FloatVector.SPECIES_256 : FloatVector.SPECIES_128;
    }
    return switch (property) {
      case "128" -> FloatVector.SPECIES_128;
      case "256" -> FloatVector.SPECIES_256;
      case "512" -> FloatVector.SPECIES_512;
      default ->
          throw new IllegalArgumentException(
              "system property " + PROPERTY + " is '" + property + "'; expected 128, 256 or 512");
    };
  }
}
