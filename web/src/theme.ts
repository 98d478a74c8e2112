/** Light or dark: as the system says, until somebody chooses. */

const KEY = 'framewitness.theme';

type Theme = 'light' | 'dark';

/** Puts the chosen theme on the page. */
export function applyTheme(): void {
  const chosen = localStorage.getItem(KEY);
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset['theme'] = chosen;
}

/** Chooses the theme that is not on show. */
export function toggleTheme(): void {
  localStorage.setItem(KEY, shown() === 'dark' ? 'light' : 'dark');
  applyTheme();
}

function shown(): Theme {
  const chosen = document.documentElement.dataset['theme'];
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}
