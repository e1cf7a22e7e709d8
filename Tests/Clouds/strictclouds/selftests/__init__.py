"""Proofs that the stand-ins are strict, before anything is proven with them."""
