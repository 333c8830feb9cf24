"""The rules of the emulated EKS, each proved by a call: python3 -m emulator.selfcheck runs them."""
