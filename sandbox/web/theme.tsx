/** Dark, light, or as the system has it. */
import { useState } from 'preact/hooks';
import { Icon } from './icons.tsx';
import { recall, remember } from './memory.ts';

type Theme = 'dark' | 'light';

/** Applies the remembered theme; without one the stylesheet follows the system. */
export function applyTheme(): void {
  const theme = recall('theme');
  if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme;
}

export function ThemeSwitch() {
  const [theme, setTheme] = useState<Theme>(shownTheme);
  const next: Theme = theme === 'dark' ? 'light' : 'dark';
  const change = () => {
    remember('theme', next);
    applyTheme();
    setTheme(next);
  };
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={`Use the ${next} theme`}
      title={`Use the ${next} theme`}
      onClick={change}
    >
      <Icon name={theme === 'dark' ? 'sun' : 'moon'} />
    </button>
  );
}

function shownTheme(): Theme {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === 'dark' || chosen === 'light') return chosen;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}
