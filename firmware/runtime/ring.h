/*
 * A queue of bytes between an interrupt handler and the main loop: one side puts, the other takes. The indices run on and
 * wrap at 2^32; each is written by one side only, so that no lock is needed.
 */
#pragma once

#include "types.h"

/* A power of two that holds four of the longest frames. */
#define RING_SIZE 1024u

struct Ring {
  volatile u32 taken;
  volatile u32 put;
  u8 bytes[RING_SIZE];
};

static inline bool ringEmpty(const struct Ring *ring) {
  return ring->put == ring->taken;
}

static inline bool ringFull(const struct Ring *ring) {
  return ring->put - ring->taken == RING_SIZE;
}

/* The ring must not be full. */
static inline void ringPut(struct Ring *ring, u8 byte) {
  ring->bytes[ring->put % RING_SIZE] = byte;
  __asm__ volatile("" ::: "memory");
  ring->put++;
}

/* The ring must not be empty. */
static inline u8 ringTake(struct Ring *ring) {
  u8 byte = ring->bytes[ring->taken % RING_SIZE];
  __asm__ volatile("" ::: "memory");
  ring->taken++;
  return byte;
}
