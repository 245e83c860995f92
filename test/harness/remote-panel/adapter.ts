/** Stands in the bot's process for a panel that lives in the test's, and makes of what goes wrong between them what the port wants. */

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type Call, type Change, type Effect, type Panel, PanelError } from '../../../src/panels/panel.ts';
import type { Ask, DescribedAbility, DescribedPanel, Said, StepAnswer } from './protocol.ts';
import { Nonsense, type Wire, wireOver } from './wire.ts';

type Method = (...parameters: readonly unknown[]) => Promise<unknown>;

export function remotePanel({ port, abilities, ...panel }: DescribedPanel): Panel {
  const method =
    (call: string): Method =>
    (...parameters) =>
      ask(port, { panel: panel.id, call, parameters: parameters.slice(0, -1) }, parameters.at(-1) as Call | Change);
  const methods = (names: readonly string[], prefix = '') =>
    Object.fromEntries(names.map((name) => [name, method(`${prefix}${name}`)]));
  const groupsOf = (described: Readonly<Record<string, DescribedAbility>>, prefix = ''): object =>
    Object.fromEntries(
      Object.entries(described).map(([name, { traits, methods: names, groups }]) => {
        const within = `${prefix}${name}.`;
        return [name, { ...(traits ? { traits } : {}), ...methods(names, within), ...groupsOf(groups, within) }];
      }),
    );
  const core = methods(['probe', 'find', 'get', 'list']);
  return { rate: null, missing: {}, ...panel, ...core, ...groupsOf(abilities) } as unknown as Panel;
}

async function ask(port: number, what: Omit<Ask, 'reference'>, call: Call | Change): Promise<unknown> {
  const change = 'reference' in call ? call : null;
  /** Once it was sent, it may have been done. */
  const sent: Effect = change ? 'unknown' : 'none';
  const socket = await connected(port, call);
  const giveUp = () => socket.destroy();
  call.signal.addEventListener('abort', giveUp);
  try {
    const wire = wireOver<Ask | StepAnswer, Said>(socket);
    wire.send({ ...what, reference: change?.reference ?? null });
    return await resultOf(wire, change);
  } catch (error) {
    if (call.signal.aborted) throw new PanelError('timeout', sent, 'given up', { cause: error });
    if (error instanceof Nonsense) throw new PanelError('malformed', sent, error.message, { cause: error });
    if (!(error instanceof Status)) throw error instanceof PanelError ? error : lost(error, sent);
    // A panel counts requests before it looks at what they want.
    if (error.status === 429) throw new PanelError('rate_limited', 'none', error.message);
    throw lost(error, sent);
  } finally {
    call.signal.removeEventListener('abort', giveUp);
    socket.destroy();
  }
}

/** Nothing was sent before there was a connection. */
async function connected(port: number, { signal }: Call): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect', { signal });
    return socket;
  } catch (error) {
    socket.destroy();
    throw lost(error, 'none');
  }
}

function lost(error: unknown, effect: Effect): PanelError {
  return new PanelError('unreachable', effect, error instanceof Error ? error.message : '', { cause: error });
}

class Status extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`status ${status}`);
    this.status = status;
  }
}

async function resultOf(wire: Wire<Ask | StepAnswer, Said>, change: Change | null): Promise<unknown> {
  for (;;) {
    const said = await wire.receive();
    if (said.kind === 'result') return said.result;
    if (said.kind !== 'step' || !change) throw failureOf(said);
    const result = await change.step(said.name, () => runStep(wire), said.options);
    wire.send({ kind: 'ended', result });
  }
}

async function runStep(wire: Wire<Ask | StepAnswer, Said>) {
  wire.send({ kind: 'run' });
  const said = await wire.receive();
  if (said.kind !== 'stepped') throw failureOf(said);
  return said.result;
}

function failureOf(said: Said): Error {
  if (said.kind === 'status') return new Status(said.status);
  if (said.kind !== 'failed') return new Nonsense(`${said.kind} was not to be said`);
  const { failure, effect, message, detail } = said.error;
  return new PanelError(failure, effect, message, { detail });
}
