/** Serves panels of the test's process to bots in processes of their own: what happened to a panel outlives every one of them. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { ABILITIES, type Ability, type Change, type Panel, PanelError } from '../../src/panels/panel.ts';
import type {
  Ask,
  DescribedAbility,
  DescribedError,
  DescribedPanel,
  Said,
  StepAnswer,
} from './remote-panel/protocol.ts';
import { Disconnected, sendHalf, sendNonsense, type Wire, wireOver } from './remote-panel/wire.ts';

/** What goes wrong between a panel and the bot. */
export type WireFault =
  /** The answer is lost or spoiled. The panel has acted by then, or never does. */
  | { readonly kind: 'cut' | 'nonsense' | 'too many requests' | 'server error'; readonly acts: boolean }
  /** The request reaches the panel when this is settled, whether or not anybody still waits for the answer. */
  | { readonly kind: 'slow'; readonly until: Promise<unknown> };

export interface ServedPanels {
  /** What the processes of bots get. */
  readonly described: readonly DescribedPanel[];
  /** Lets the next such call, `credits.add` for instance, go wrong on its way. */
  failNext(panel: string, call: string, fault: WireFault): void;
  close(): Promise<void>;
}

type Answering = Wire<Said, Ask | StepAnswer>;

export async function servePanels(panels: readonly Panel[]): Promise<ServedPanels> {
  const faults = new Map<string, WireFault[]>();
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket.on('close', () => open.delete(socket)));
    void answer(socket);
  });

  async function answer(socket: Socket): Promise<void> {
    const wire: Answering = wireOver(socket);
    try {
      const asked = (await wire.receive()) as Ask;
      const fault = faults.get(`${asked.panel} ${asked.call}`)?.shift();
      if (fault?.kind === 'slow') await fault.until;
      const acts = !fault || fault.kind === 'slow' || fault.acts;
      const said: Said = acts ? await carryOut(panels, asked, wire) : { kind: 'result', result: null };
      say(socket, wire, said, fault);
    } catch (error) {
      // Whoever asked is gone: there is nobody to tell, and no one to go on with the next step.
      if (!(error instanceof Disconnected)) throw error;
    }
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    described: panels.map((panel) => describe(panel, port)),
    failNext(panel, call, fault) {
      const key = `${panel} ${call}`;
      faults.set(key, [...(faults.get(key) ?? []), fault]);
    },
    async close() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A panel does not learn that nobody waits for it any more. */
const ALWAYS_WANTED = new AbortController().signal;

async function carryOut(panels: readonly Panel[], asked: Ask, wire: Answering): Promise<Said> {
  const step: Change['step'] = async (name, run, options = {}) => {
    wire.send({ kind: 'step', name, options });
    let answer = (await wire.receive()) as StepAnswer;
    if (answer.kind === 'run') {
      wire.send({ kind: 'stepped', result: await run() });
      answer = (await wire.receive()) as StepAnswer;
    }
    if (answer.kind === 'run') throw new Error(`the step ${name} was to be run twice`);
    return answer.result as Awaited<ReturnType<typeof run>>;
  };
  const change: Change = { signal: ALWAYS_WANTED, reference: asked.reference ?? '', step };
  try {
    return { kind: 'result', result: await methodOf(panels, asked)(...asked.parameters, change) };
  } catch (error) {
    if (error instanceof PanelError) return { kind: 'failed', error: describeError(error) };
    throw error;
  }
}

const STATUSES = { 'too many requests': 429, 'server error': 500 } as const;

function say(socket: Socket, wire: Answering, said: Said, fault: WireFault | undefined): void {
  if (!fault || fault.kind === 'slow') wire.send(said);
  else if (fault.kind === 'cut') sendHalf(socket, said);
  else if (fault.kind === 'nonsense') sendNonsense(socket);
  else wire.send({ kind: 'status', status: STATUSES[fault.kind] });
}

type Method = (...parameters: readonly unknown[]) => Promise<unknown>;

function methodOf(panels: readonly Panel[], { panel: id, call }: Ask): Method {
  const panel: unknown = panels.find((one) => one.id === id);
  const found = call.split('.').reduce((part, name) => (part as Record<string, unknown> | undefined)?.[name], panel);
  if (typeof found !== 'function') throw new Error(`the panel ${id} has no ${call}`);
  return found as Method;
}

function describe(panel: Panel, port: number): DescribedPanel {
  const present = ABILITIES.flatMap((name) => (panel[name] ? [[name, describeAbility(panel[name])] as const] : []));
  const { id, kind, address, label, borrows } = panel;
  return { port, id, kind, address, label, ...(borrows ? { borrows } : {}), abilities: Object.fromEntries(present) };
}

function describeAbility(ability: NonNullable<Panel[Ability]>): DescribedAbility {
  const parts = Object.entries(ability).filter(([name]) => name !== 'traits');
  return {
    ...('traits' in ability ? { traits: ability.traits } : {}),
    methods: parts.flatMap(([name, part]) => (typeof part === 'function' ? [name] : [])),
    groups: Object.fromEntries(
      parts.flatMap(([name, part]) => (typeof part === 'object' ? [[name, describeAbility(part)] as const] : [])),
    ),
  };
}

function describeError({ kind, effect, message, detail }: PanelError): DescribedError {
  return { failure: kind, effect, message, detail };
}
