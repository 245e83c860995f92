/** A shared clock, so that live times on the page move together and one timer serves all of them. */
import { useEffect, useState } from 'preact/hooks';

const listeners = new Set<(nowMs: number) => void>();
setInterval(() => {
  for (const listen of listeners) listen(Date.now());
}, 1_000);

/** Now in milliseconds; redraws the caller at most once in each `stepMs`. */
export function useNow(stepMs: number): number {
  const [nowMs, setNowMs] = useState(Date.now);
  useEffect(() => {
    const listen = (tickMs: number) =>
      setNowMs((shownMs) => (Math.floor(tickMs / stepMs) === Math.floor(shownMs / stepMs) ? shownMs : tickMs));
    listeners.add(listen);
    return () => void listeners.delete(listen);
  }, [stepMs]);
  return nowMs;
}
