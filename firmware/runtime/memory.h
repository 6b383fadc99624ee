/* Bytes in bulk. GCC calls these of itself, under these names; there is no C library in an image. */
#pragma once

#include <stddef.h>

void *memset(void *to, int value, size_t length);

/* Ascending: where the ranges overlap, `to` must be the lower. */
void *memcpy(void *to, const void *from, size_t length);

void *memmove(void *to, const void *from, size_t length);
