package dev.lanewise.internal.vector;

import dev.lanewise.internal.simd.VectorElu;
import dev.lanewise.internal.simd.VectorErf;
import dev.lanewise.internal.simd.VectorGates;
import dev.lanewise.internal.simd.VectorLogarithms;
import dev.lanewise.internal.simd.VectorMath;
import dev.lanewise.kernel.ActivationKernels;
import dev.lanewise.kernel.Bounds;

/** The activations on the Vector API: checks the operands, then hands over to static methods. */
abstract class VectorActivations implements ActivationKernels {
  @Override
  public void relu(int n, float[] x, int xOffset, float[] y, int yOffset) {
    Bounds.vector("x", n, x, xOffset);
    Bounds.vector("y", n, y, yOffset);
    Elementwise.relu(n, x, xOffset, y, yOffset);
  }

  @Override
  public void exp(int n, float[] x, int xOffset, float[] y, int yOffset) {
    Bounds.vector("x", n, x, xOffset);
    Bounds.vector("y", n, y, yOffset);
    VectorMath.exp(n, x, xOffset, y, yOffset);
  }

  @Override
  public void sigmoid(int n, float[] x, int xOffset, float[] y, int yOffset) {
    Bounds.vector("x", n, x, xOffset);
    Bounds.vector("y", n, y, yOffset);
    VectorMath.sigmoid(n, x, xOffset, y, yOffset);
  }

  @Override
  public void tanh(int n, float[] x, int xOffset, float[] y, int yOffset) {
    Bounds.vector("x", n, x, xOffset);
    Bounds.vector("y", n, y, yOffset);
    VectorMath.tanh(n, x, xOffset, y, yOffset);
  }

  @Override
  public void log(int n, float[] x, int xOffset, float[] y, int yOffset) {
    Bounds.vector("x", n, x, xOffset);
    Bounds.vector("y", n, y, yOffset);
    VectorLogarithms.log(n, x, xOffset, y, yOffset);
  }

  @Override
  public void softplus(int n, float[] x, int xOffset, float[] y, int yOffset) {
    Bounds.vector("x", n, x, xOffset);
    Bounds.vector("y", n, y, yOffset);
    VectorLogarithms.softplus(n, x, xOffset, y, yOffset);
  }

  @Override
  public void erf(int n, float[] x, int xOffset, float[] y, int yOffset) {
    Bounds.vector("x", n, x, xOffset);
    Bounds.vector("y", n, y, yOffset);
    VectorErf.erf(n, x, xOffset, y, yOffset);
  }

  @Override
  public void gelu(int n, float[] x, int xOffset, float[] y, int yOffset) {
    Bounds.vector("x", n, x, xOffset);
    Bounds.vector("y", n, y, yOffset);
    VectorErf.gelu(n, x, xOffset, y, yOffset);
  }

  @Override
  public void geluTanh(int n, float[] x, int xOffset, float[] y, int yOffset) {
    Bounds.vector("x", n, x, xOffset);
    Bounds.vector("y", n, y, yOffset);
    VectorGates.geluTanh(n, x, xOffset, y, yOffset);
  }

  @Override
  public void silu(int n, float[] x, int xOffset, float[] y, int yOffset) {
    Bounds.vector("x", n, x, xOffset);
    Bounds.vector("y", n, y, yOffset);
    VectorGates.silu(n, x, xOffset, y, yOffset);
  }

  @Override
  public void leakyRelu(int n, float slope, float[] x, int xOffset, float[] y, int yOffset) {
    Bounds.vector("x", n, x, xOffset);
    Bounds.vector("y", n, y, yOffset);
    Elementwise.leakyRelu(n, slope, x, xOffset, y, yOffset);
  }

  @Override
  public void elu(int n, float alpha, float[] x, int xOffset, float[] y, int yOffset) {
    Bounds.vector("x", n, x, xOffset);
    Bounds.vector("y", n, y, yOffset);
    VectorElu.elu(n, 1f, alpha, x, xOffset, y, yOffset);
  }

  @Override
  public void selu(int n, float[] x, int xOffset, float[] y, int yOffset) {
    Bounds.vector("x", n, x, xOffset);
    Bounds.vector("y", n, y, yOffset);
    VectorElu.selu(n, x, xOffset, y, yOffset);
  }

  @Override
  public void softmax(int n, float[] x, int xOffset, float[] y, int yOffset) {
    Bounds.vector("x", n, x, xOffset);
    Bounds.vector("y", n, y, yOffset);
    Softmax.forward(n, x, xOffset, y, yOffset);
  }

  @Override
  public void reluGradient(int n, float[] y, int yOffset, float[] dy, int dyOffset) {
    Bounds.vector("y", n, y, yOffset);
    Bounds.vector("dy", n, dy, dyOffset);
    Elementwise.reluGradient(n, y, yOffset, dy, dyOffset);
  }

  @Override
  public void sigmoidGradient(int n, float[] y, int yOffset, float[] dy, int dyOffset) {
    Bounds.vector("y", n, y, yOffset);
    Bounds.vector("dy", n, dy, dyOffset);
    Elementwise.sigmoidGradient(n, y, yOffset, dy, dyOffset);
  }

  @Override
  public void tanhGradient(int n, float[] y, int yOffset, float[] dy, int dyOffset) {
    Bounds.vector("y", n, y, yOffset);
    Bounds.vector("dy", n, dy, dyOffset);
    Elementwise.tanhGradient(n, y, yOffset, dy, dyOffset);
  }

  @Override
  public void softplusGradient(int n, float[] y, int yOffset, float[] dy, int dyOffset) {
    Bounds.vector("y", n, y, yOffset);
    Bounds.vector("dy", n, dy, dyOffset);
    VectorElu.softplusGradient(n, y, yOffset, dy, dyOffset);
  }

  @Override
  public void leakyReluGradient(
      int n, float slope, float[] y, int yOffset, float[] dy, int dyOffset) {
    Bounds.vector("y", n, y, yOffset);
    Bounds.vector("dy", n, dy, dyOffset);
    Elementwise.leakyReluGradient(n, slope, y, yOffset, dy, dyOffset);
  }

  @Override
  public void eluGradient(int n, float alpha, float[] y, int yOffset, float[] dy, int dyOffset) {
    Bounds.vector("y", n, y, yOffset);
    Bounds.vector("dy", n, dy, dyOffset);
    VectorElu.eluGradient(n, 1f, alpha, y, yOffset, dy, dyOffset);
  }

  @Override
  public void seluGradient(int n, float[] y, int yOffset, float[] dy, int dyOffset) {
    Bounds.vector("y", n, y, yOffset);
    Bounds.vector("dy", n, dy, dyOffset);
    VectorElu.seluGradient(n, y, yOffset, dy, dyOffset);
  }

  @Override
  public void geluGradient(int n, float[] z, int zOffset, float[] dy, int dyOffset) {
    Bounds.vector("z", n, z, zOffset);
    Bounds.vector("dy", n, dy, dyOffset);
    VectorErf.geluGradient(n, z, zOffset, dy, dyOffset);
  }

  @Override
  public void geluTanhGradient(int n, float[] z, int zOffset, float[] dy, int dyOffset) {
    Bounds.vector("z", n, z, zOffset);
    Bounds.vector("dy", n, dy, dyOffset);
    VectorGates.geluTanhGradient(n, z, zOffset, dy, dyOffset);
  }

  @Override
  public void siluGradient(int n, float[] z, int zOffset, float[] dy, int dyOffset) {
    Bounds.vector("z", n, z, zOffset);
    Bounds.vector("dy", n, dy, dyOffset);
    VectorGates.siluGradient(n, z, zOffset, dy, dyOffset);
  }

  @Override
  public void softmaxGradient(int n, float[] y, int yOffset, float[] dy, int dyOffset) {
    Bounds.vector("y", n, y, yOffset);
    Bounds.vector("dy", n, dy, dyOffset);
    Softmax.gradient(n, y, yOffset, dy, dyOffset);
  }

  @Override
  public double softmaxCrossEntropy(
      int n, float[] z, int zOffset, float[] t, int tOffset, float a, float[] dz, int dzOffset) {
    Bounds.vector("z", n, z, zOffset);
    Bounds.vector("t", n, t, tOffset);
    Bounds.vector("dz", n, dz, dzOffset);
    return Softmax.crossEntropy(n, z, zOffset, t, tOffset, a, dz, dzOffset);
  }
}
