/** Line icons on a 24-pixel grid, drawn for this page. */

const paths = {
  hash: 'M5 9h15M4 15h15M10 4 8 20M16 4l-2 16',
  at: 'M16 12a4 4 0 1 1-1.2-2.9M16 8v5.5a2.5 2.5 0 0 0 5 0V12a9 9 0 1 0-3.6 7.2',
  bars: 'M4 7h16M4 12h16M4 17h16',
  close: 'M6 6l12 12M18 6 6 18',
  right: 'M9 5l7 7-7 7',
  down: 'M5 9l7 7 7-7',
  arrowDown: 'M12 4v15M5 12.5l7 7 7-7',
  send: 'M4 12 20 4l-5 16-3.5-6.5zM20 4l-8.5 9.5',
  dots: 'M6 12m-.8 0a.8.8 0 1 0 1.6 0 .8.8 0 1 0-1.6 0M12 12m-.8 0a.8.8 0 1 0 1.6 0 .8.8 0 1 0-1.6 0M18 12m-.8 0a.8.8 0 1 0 1.6 0 .8.8 0 1 0-1.6 0',
  split: 'M4 5h16v14H4zM12 5v14',
  people:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.5-4 3-6 6.5-6s6 2 6.5 6M16 4.5a3.5 3.5 0 0 1 0 6.3M18 14.5c2 .8 3.2 2.6 3.5 5.5',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M19 5l-2 2M7 17l-2 2',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z',
  compass: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM15.5 8.5l-2 5-5 2 2-5z',
  check: 'M4.5 12.5 10 18 20 6.5',
  file: 'M14 3H6v18h12V7zM14 3v4h4M9 13h6M9 17h4',
  upload: 'M12 16V4M6.5 9.5 12 4l5.5 5.5M4 20h16',
  link: 'M14 5h5v5M19 5l-8 8M17 14v5H5V7h5',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
  reply: 'M10 5 4 11l6 6M4 11h9c4 0 7 2.5 7 8',
  bolt: 'M13 3 5 14h6l-1 7 8-11h-6z',
  restart: 'M4.5 12a7.5 7.5 0 1 0 2.3-5.4M4 4v5h5',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
