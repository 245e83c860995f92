/** What the sandbox orders of the bot's process, and what that reports, over the channel between them. */

/** A fault that only the bot's own process can have. `kill` asks the sandbox to kill it, at the point where it then waits. */
export type BotFault = 'slow' | 'dies' | 'kill';

export interface BotOrder {
  readonly do: 'arm' | 'take back';
  readonly fault: BotFault;
}

export interface BotReport {
  readonly fault: BotFault;
  readonly phase: 'begun' | 'over';
}
