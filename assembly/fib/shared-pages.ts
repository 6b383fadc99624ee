/**
 * Pages of equal content exist once: a hash table over their content, with chains, and a count of references each.
 * A /16 that is one route set throughout costs nothing but its entry in the direct table, however many there are.
 */
import { align } from "../memory";
import { Leaves, readLeaf } from "./leaves";
import { BASE, DRAFT, DRAFT_LEAVES, draftRuns, dropPage, rewriteDraft, writeDraft } from "./page";

@unmanaged
class Share {
  references: u32;
  hash: u32;
  /** The next page in the bucket, plus one. */
  next: u32;
}

let leaves: Leaves = changetype<Leaves>(0);
let shares: usize = 0;
let buckets: usize = 0;
let mask: u32 = 0;

function bucketsFor(pages: u32): u32 {
  let count: u32 = 2;
  while (count < pages) count <<= 1;
  return count;
}

export function sharesBytes(pages: u32): usize {
  return ((<usize>bucketsFor(pages)) << 2) + align(<usize>pages * offsetof<Share>());
}

export function carveShares(base: usize, pages: u32, pageLeaves: Leaves): void {
  leaves = pageLeaves;
  buckets = base;
  mask = bucketsFor(pages) - 1;
  shares = base + ((<usize>mask + 1) << 2);
  memory.fill(buckets, 0, (<usize>mask + 1) << 2);
}

/** Makes a first page of the draft, referred to `references` times. */
export function foundPage(references: u32): u32 {
  const hash = hashDraft();
  const page = leaves.pages.take();
  writeDraft(leaves, page);
  link(page, hash, references);
  return page;
}

/** Gives up one reference to page `old` for one to a page with the draft's content, and gives that page's number. */
export function exchangePage(old: u32): u32 {
  const hash = hashDraft();
  let found = load<u32>(bucket(hash));
  while (found != 0 && !(share(found - 1).hash == hash && equalsDraft(found - 1)))
    found = share(found - 1).next;
  if (found != 0) {
    const page = found - 1;
    share(page).references++;
    release(old);
    return page;
  }
  if (share(old).references == 1) {
    unlink(old);
    rewriteDraft(leaves, old);
    link(old, hash, 1);
    return old;
  }
  share(old).references--;
  return foundPage(1);
}

function release(page: u32): void {
  if (--share(page).references != 0) return;
  unlink(page);
  dropPage(leaves, page);
}

function share(page: u32): Share {
  return changetype<Share>(shares + <usize>page * offsetof<Share>());
}

function bucket(hash: u32): usize {
  return buckets + ((hash & mask) << 2);
}

function link(page: u32, hash: u32, references: u32): void {
  const entry = share(page);
  entry.references = references;
  entry.hash = hash;
  entry.next = load<u32>(bucket(hash));
  store<u32>(bucket(hash), page + 1);
}

function unlink(page: u32): void {
  let at = bucket(share(page).hash);
  while (load<u32>(at) != page + 1)
    at = changetype<usize>(share(load<u32>(at) - 1)) + offsetof<Share>("next");
  store<u32>(at, share(page).next);
}

/** The same for leaves of any width, so that widening them leaves the table as it is. */
function hashDraft(): u32 {
  let hash: u64 = 0;
  for (let at: usize = 0; at < 32; at += 8)
    hash = (rotl(hash, 23) ^ load<u64>(DRAFT + at)) * 0x9e37_79b9_7f4a_7c15;
  for (let run: u32 = 0; run < draftRuns; run++) {
    hash = (rotl(hash, 23) ^ <u64>readLeaf(DRAFT_LEAVES, run, leaves.shift)) * 0x9e37_79b9_7f4a_7c15;
  }
  return <u32>(hash >> 32);
}

function equalsDraft(number: u32): bool {
  const page = leaves.pages.at(number);
  if (memory.compare(page, DRAFT, 32) != 0) return false;
  const from = leaves.base + ((load<u32>(page, BASE) + 1) << leaves.shift);
  return memory.compare(from, DRAFT_LEAVES, (<usize>draftRuns) << leaves.shift) == 0;
}
