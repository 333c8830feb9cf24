"""A strict EKS: every action checks its request as real EKS does, against what exists in moto's backends."""
