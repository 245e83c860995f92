/** Line icons on a 24-pixel grid, drawn for this page. */

const paths = {
  hash: 'M5 9h15M4 15h15M10 4 8 20M16 4l-2 16',
  at: 'M16 12a4 4 0 1 1-1.200-2.900M16 8v5.500a2.500 2.500 0 0 0 5 0V12a9 9 0 1 0-3.600 7.200',
  bars: 'M4 7h16M4 12h16M4 17h16',
  close: 'M6 6l12 12M18 6 6 18',
  right: 'M9 5l7 7-7 7',
  down: 'M5 9l7 7 7-7',
  arrowDown: 'M12 4v15M5 12.500l7 7 7-7',
  send: 'M4 12 20 4l-5 16-3.500-6.500zM20 4l-8.500 9.500',
  dots: 'M5.500 12h.01M12 12h.01M18.500 12h.01',
  split: 'M4 5h16v14H4zM12 5v14',
  people:
    'M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 20c.5-4 3-6 6.500-6s6 2 6.500 6M16 4.500a3.500 3.500 0 0 1 0 6.300M18 14.500c2 .8 3.200 2.600 3.500 5.500',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M19 5l-2 2M7 17l-2 2',
  moon: 'M20 14.500A8.500 8.500 0 0 1 9.500 4a8.500 8.500 0 1 0 10.500 10.500z',
  compass: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM15.500 8.500l-2 5-5 2 2-5z',
  check: 'M4.500 12.500 10 18 20 6.500',
  file: 'M14 3H6v18h12V7zM14 3v4h4M9 13h6M9 17h4',
  upload: 'M12 16V4M6.500 9.500 12 4l5.500 5.500M4 20h16',
  link: 'M14 5h5v5M19 5l-8 8M17 14v5H5V7h5',
  eye: 'M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12zM12 14.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z',
  reply: 'M10 5 4 11l6 6M4 11h9c4 0 7 2.500 7 8',
  restart: 'M4.500 12a7.500 7.500 0 1 0 2.300-5.400M4 4v5h5',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
