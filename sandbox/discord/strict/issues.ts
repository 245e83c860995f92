import { type FormIssue, invalidForm } from '../errors.ts';

type Path = readonly (string | number)[];

/** Collects the faults of a body, so that all of them are answered at once. */
export class Issues {
  readonly #issues: FormIssue[] = [];

  add(path: Path, code: string, message: string): void {
    this.#issues.push({ path, code, message });
  }

  /** A text that is too long, in Discord's words. */
  atMost(limit: number, length: number, path: Path): void {
    if (length > limit) this.add(path, 'BASE_TYPE_BAD_LENGTH', `Must be ${limit} or fewer in length.`);
  }

  /** Values that must differ; the path of each is made from its place. */
  unique(values: readonly (string | number)[], pathOf: (index: number) => Path, code: string, message: string): void {
    const seen = new Set<string | number>();
    for (const [index, value] of values.entries()) {
      if (seen.has(value)) this.add(pathOf(index), code, message);
      seen.add(value);
    }
  }

  throwIfAny(): void {
    if (this.#issues.length > 0) throw invalidForm(this.#issues);
  }
}
