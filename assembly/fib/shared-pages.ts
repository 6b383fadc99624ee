/**
 * Pages of equal content exist once: a hash table over their content, with chains, and a count of references each.
 * A slot that is one route set throughout costs nothing but the leaf or entry that leads to its page, however many
 * there are.
 */
import { align } from "../memory";
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

function bucketsFor(count: u32): u32 {
  let buckets: u32 = 2;
  while (buckets < count) buckets <<= 1;
  return buckets;
}

@unmanaged
export class SharedPages {
  pages: Pages;
  buckets: usize;
  mask: u32;

  /** Bytes of the hash table of `count` pages. */
  static bytesFor(count: u32): usize {
    return align((<usize>bucketsFor(count)) << 2);
  }

  /** The records of `pages` are of type `Share`. */
  carve(base: usize, count: u32, pages: Pages): void {
    this.pages = pages;
    this.buckets = base;
    this.mask = bucketsFor(count) - 1;
    memory.fill(base, 0, SharedPages.bytesFor(count));
  }

  /** Bytes of the hash table. */
  bytes(): u32 {
    return (this.mask + 1) << 2;
  }

  /** The page of the draft's content, which has so many references more now; gives its address. */
  join(references: u32): usize {
    const hash = hashOf(DRAFT, draftBytes);
    const found = this.find(hash);
    if (found == 0) return this.found(hash, references);
    this.share(found - 1).references += references;
    return this.pages.addressOf(found - 1);
  }

  /** Gives up a reference to a page. */
  leave(page: usize): void {
    this.release(this.pages.numberOf(page));
  }

  /** Gives up a reference to the page `old` for one to the page of the draft's content; gives the address of that. */
  exchange(old: usize): usize {
    const hash = hashOf(DRAFT, draftBytes);
    const number = this.pages.numberOf(old);
    const found = this.find(hash);
    if (found != 0) {
      this.share(found - 1).references++;
      this.release(number);
      return this.pages.addressOf(found - 1);
    }
    if (this.share(number).references != 1) {
      this.share(number).references--;
      return this.found(hash, 1);
    }
    this.unlink(number);
    this.pages.rewrite(number);
    this.link(number, hash, 1);
    return this.pages.addressOf(number);
  }

  /** Hashes all pages anew, which lie together, after their leaves changed width. */
  rehash(): void {
    memory.fill(this.buckets, 0, this.bytes());
    let page = this.pages.base;
    while (page < this.pages.top) {
      const number = this.pages.numberOf(page);
      const bytes = this.pages.lengthOf(page);
      this.link(number, hashOf(page, bytes), this.share(number).references);
      page += bytes;
    }
  }

  /** Number of the page of the draft's content, plus one; 0 for none. */
  private find(hash: u32): u32 {
    let found = load<u32>(this.bucket(hash));
    while (found != 0 && !(this.share(found - 1).hash == hash && this.equalsDraft(found - 1)))
      found = this.share(found - 1).next;
    return found;
  }

  private equalsDraft(number: u32): bool {
    return memory.compare(this.pages.addressOf(number), DRAFT, draftBytes) == 0;
  }

  /** A new page of the draft. */
  private found(hash: u32, references: u32): usize {
    const number = this.pages.add();
    this.link(number, hash, references);
    return this.pages.addressOf(number);
  }

  private release(number: u32): void {
    if (--this.share(number).references != 0) return;
    this.unlink(number);
    this.pages.remove(number);
  }

  private share(number: u32): Share {
    return changetype<Share>(this.pages.records.at(number));
  }

  private bucket(hash: u32): usize {
    // By the upper bits: a multiplication carries what differs towards them.
    return this.buckets + ((hash >> clz(this.mask)) << 2);
  }

  private link(number: u32, hash: u32, references: u32): void {
    const entry = this.share(number);
    entry.references = references;
    entry.hash = hash;
    entry.next = load<u32>(this.bucket(hash));
    store<u32>(this.bucket(hash), number + 1);
  }

  private unlink(number: u32): void {
    let at = this.bucket(this.share(number).hash);
    while (load<u32>(at) != number + 1)
      at = changetype<usize>(this.share(load<u32>(at) - 1)) + offsetof<Share>("next");
    store<u32>(at, this.share(number).next);
  }
}

/** Of the page's content, a multiple of 4 bytes. */
function hashOf(page: usize, bytes: u32): u32 {
  let hash: u64 = bytes & 4 ? load<u32>(page + bytes - 4) : 0;
  for (const end = page + (bytes & ~7); page < end; page += 8)
    hash = (rotl(hash, 23) ^ load<u64>(page)) * 0x9e37_79b9_7f4a_7c15;
  return <u32>(hash >> 32);
}
