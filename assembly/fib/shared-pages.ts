/**
 * Pages of equal content exist once: a hash table over their content, with chains, and a count of references each.
 * A /16 that is one route set throughout costs nothing but its entry in the direct table, however many there are.
 */
import { DRAFT, draftBytes } from "./draft";
import { Pages } from "./pages";

/** A page's record. */
@unmanaged
export class Share {
  address: u32;
  references: u32;
  hash: u32;
  /** Number of the next page in the bucket, plus one. */
  next: u32;
}

let pages: Pages = changetype<Pages>(0);
let buckets: usize = 0;
let mask: u32 = 0;

function bucketsFor(count: u32): u32 {
  let buckets: u32 = 2;
  while (buckets < count) buckets <<= 1;
  return buckets;
}

/** Bytes of the hash table of `count` pages. */
export function sharesBytes(count: u32): usize {
  return (<usize>bucketsFor(count)) << 2;
}

export function carveShares(base: usize, count: u32, sharedPages: Pages): void {
  pages = sharedPages;
  buckets = base;
  mask = bucketsFor(count) - 1;
  memory.fill(buckets, 0, sharesBytes(count));
}

/** Makes a new page of the draft, referred to `references` times; gives its address. */
export function foundPage(references: u32): usize {
  const number = pages.add();
  link(number, hashDraft(), references);
  return pages.addressOf(number);
}

/** Gives up one reference to the page `old` for one to a page with the draft's content, and gives that page's address. */
export function exchangePage(old: usize): usize {
  const hash = hashDraft();
  const number = pages.numberOf(old);
  let found = load<u32>(bucket(hash));
  while (found != 0 && !(share(found - 1).hash == hash && equalsDraft(found - 1)))
    found = share(found - 1).next;
  if (found != 0) {
    share(found - 1).references++;
    release(number);
    return pages.addressOf(found - 1);
  }
  if (share(number).references != 1) {
    share(number).references--;
    return foundPage(1);
  }
  unlink(number);
  pages.rewrite(number);
  link(number, hash, 1);
  return pages.addressOf(number);
}

/** Hashes all pages anew, which stand close together, after their leaves changed width. */
export function rehashPages(): void {
  memory.fill(buckets, 0, (<usize>mask + 1) << 2);
  let page = pages.base;
  while (page < pages.top) {
    const number = pages.numberOf(page);
    const length = pages.lengthOf(page);
    link(number, hashOf(page, length), share(number).references);
    page += length;
  }
}

function release(number: u32): void {
  if (--share(number).references != 0) return;
  unlink(number);
  pages.remove(number);
}

function share(number: u32): Share {
  return changetype<Share>(pages.records.at(number));
}

function bucket(hash: u32): usize {
  return buckets + ((hash & mask) << 2);
}

function link(number: u32, hash: u32, references: u32): void {
  const entry = share(number);
  entry.references = references;
  entry.hash = hash;
  entry.next = load<u32>(bucket(hash));
  store<u32>(bucket(hash), number + 1);
}

function unlink(number: u32): void {
  let at = bucket(share(number).hash);
  while (load<u32>(at) != number + 1)
    at = changetype<usize>(share(load<u32>(at) - 1)) + offsetof<Share>("next");
  store<u32>(at, share(number).next);
}

function hashDraft(): u32 {
  return hashOf(DRAFT, draftBytes);
}

/** `bytes` is a multiple of 4. */
function hashOf(page: usize, bytes: u32): u32 {
  let hash: u64 = bytes & 4 ? load<u32>(page + bytes - 4) : 0;
  for (const end = page + (bytes & ~7); page < end; page += 8)
    hash = (rotl(hash, 23) ^ load<u64>(page)) * 0x9e37_79b9_7f4a_7c15;
  return <u32>(hash >> 32);
}

function equalsDraft(number: u32): bool {
  return memory.compare(pages.addressOf(number), DRAFT, draftBytes) == 0;
}
