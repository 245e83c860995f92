/** What this browser remembers of the page: theme and tour. Without storage (private windows) it is simply not kept. */

const prefix = 'steward-sandbox.';

export function recall(name: string): string | null {
  try {
    return localStorage.getItem(prefix + name);
  } catch {
    return null;
  }
}

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(prefix + name, value);
  } catch {
    // Nothing of what is kept here is needed for the page to work.
  }
}
