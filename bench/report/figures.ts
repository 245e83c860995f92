/** How figures are written. What could not be measured is a dash. */
const written =
  (write: (value: number) => string) =>
  (value: number): string =>
    Number.isNaN(value) ? '–' : write(value);

const fixed = (digits: number) => (value: number) =>
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });

export const count = written(fixed(0));
export const milliseconds = written((value) => fixed(value < 100 ? 1 : 0)(value));
export const cpuMilliseconds = written(fixed(2));
export const seconds = written((milliseconds) => fixed(2)(milliseconds / 1_000));
export const megabytes = written((bytes) => fixed(0)(bytes / 1e6));
export const megabytesPrecisely = written((bytes) => fixed(2)(bytes / 1e6));
export const ratio = written((value) => `${fixed(2)(value)} ×`);
export const percent = written((share) => `${fixed(0)(share * 100)} %`);
