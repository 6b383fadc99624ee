import { type Progress, progress } from "./progress.js";

/** A bar for each part of what takes its time, one after the other. */
export class Bars {
  #part = "";
  #bar: Progress | null = null;

  readonly update = (part: string, share: number) => {
    if (part !== this.#part) {
      this.done();
      this.#bar = progress(part);
      this.#part = part;
    }
    this.#bar?.update(share);
  };

  readonly done = () => this.#bar?.done();
}
