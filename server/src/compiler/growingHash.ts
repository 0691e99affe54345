/** A hash of all that was said so far: it grows while somebody is waited for anyway, and can be asked for in between. */
import { createHash } from "node:crypto";

/** Characters that are gathered before they are hashed: to hash each word takes longer than to read it. */
const gathered = 16_384;

export class GrowingHash {
  readonly #hash = createHash("sha256");
  #words = "";

  add(words: string): void {
    this.#words += `${words}\n`;
    if (this.#words.length > gathered) this.#take();
  }

  /** Base64. More can be added after it. */
  digest(): string {
    this.#take();
    return this.#hash.copy().digest("base64");
  }

  #take(): void {
    this.#hash.update(this.#words);
    this.#words = "";
  }
}
