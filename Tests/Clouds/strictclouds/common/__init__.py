"""What both clouds share: the listeners, faults, clock, record of calls and RSA."""
