"""Proofs of the overlay, one file per part of AWS that it plays."""
