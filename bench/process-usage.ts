/** What a process and a core have used, as Linux accounts for it in /proc; elsewhere nothing is known, and NaN says so. */
import { readFileSync } from 'node:fs';

/** Linux reports times to programs in hundredths of a second on every architecture (`man 5 proc`, `sysconf(_SC_CLK_TCK)`). */
const MS_PER_TICK = 10;

/** CPU time of a process with all its threads, user and system, in milliseconds. */
export function processCpuMs(pid: number): number {
  const stat = read(`/proc/${pid}/stat`);
  // The program's name stands in brackets and may hold anything; the fields after it are counted from its end.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11] ?? Number.NaN) + Number(fields[12] ?? Number.NaN)) * MS_PER_TICK;
}

/** Resident memory of a process, in bytes. */
export function residentBytes(pid: number): number {
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`))?.[1];
  return Number(kibibytes ?? Number.NaN) * 1_024;
}

/** For how long a core has worked since the machine's start, in milliseconds, whoever it worked for. */
export function coreBusyMs(core: number): number {
  const line = new RegExp(`^cpu${core} (.+)$`, 'm').exec(read('/proc/stat'))?.[1];
  if (line === undefined) return Number.NaN;
  // user nice system idle iowait irq softirq steal; guests are counted among the users.
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = line.split(' ').map(Number);
  return (user + nice + system + irq + softirq + steal) * MS_PER_TICK;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
