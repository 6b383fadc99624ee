#include "memory.h"

#include "types.h"

typedef u32 __attribute__((may_alias)) Word;

static bool bothAligned(const void *a, const void *b) {
  return (((uintptr_t)a | (uintptr_t)b) & (sizeof(Word) - 1)) == 0;
}

void *memset(void *to, int value, size_t length) {
  u8 *target = to;
  Word word = (u8)value * 0x01010101u;
  while (length > 0 && !bothAligned(target, target)) {
    *target++ = (u8)value;
    length--;
  }
  for (; length >= sizeof(Word); length -= sizeof(Word), target += sizeof(Word)) *(Word *)target = word;
  while (length-- > 0) *target++ = (u8)value;
  return to;
}

void *memcpy(void *to, const void *from, size_t length) {
  u8 *target = to;
  const u8 *source = from;
  if (bothAligned(target, source)) {
    for (; length >= sizeof(Word); length -= sizeof(Word)) {
      *(Word *)target = *(const Word *)source;
      target += sizeof(Word);
      source += sizeof(Word);
    }
  }
  while (length-- > 0) *target++ = *source++;
  return to;
}

void *memmove(void *to, const void *from, size_t length) {
  if ((uintptr_t)to - (uintptr_t)from >= length) return memcpy(to, from, length);
  u8 *target = (u8 *)to + length;
  const u8 *source = (const u8 *)from + length;
  if (bothAligned(target, source)) {
    for (; length >= sizeof(Word); length -= sizeof(Word)) {
      target -= sizeof(Word);
      source -= sizeof(Word);
      *(Word *)target = *(const Word *)source;
    }
  }
  while (length-- > 0) *--target = *--source;
  return to;
}
