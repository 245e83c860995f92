/** Who one is and whom one watches, for any part of the page that switches it. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

export interface Stage {
  /** Makes one's own view that of another sample person. */
  become(personId: string): void;
  /** Opens a person's view beside one's own; null closes it. */
  watch(personId: string | null): void;
  watchedId: string | null;
}

export const StageContext = createContext<Stage>({ become: () => {}, watch: () => {}, watchedId: null });

export function useStage(): Stage {
  return useContext(StageContext);
}
