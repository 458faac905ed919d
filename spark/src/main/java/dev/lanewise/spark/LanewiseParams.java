package dev.lanewise.spark;

/** The parameters of training that both estimators have, and their models keep. */
public interface LanewiseParams extends NetworkParams, LearningParams, RoundParams {}
