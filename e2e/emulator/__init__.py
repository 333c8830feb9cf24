"""A strict AWS for end-to-end tests: moto for every service, and our own EKS that refuses what real EKS refuses."""
