/** A double of CtrlPanel.gg in front of a double of Pterodactyl. */
import { randomBytes } from 'node:crypto';
import { type DoubleOptions, type PanelDouble, startDouble } from '../double.ts';
import { type PterodactylDouble, startPterodactyl } from '../pterodactyl/start.ts';
import { json } from '../wire/answer.ts';

export interface CtrlPanelOptions extends DoubleOptions {
  readonly release?: '1.2.0' | '1.1.1' | 'development';
  /** Its backend; one of its own by default, which stops with it. */
  readonly pterodactyl?: PterodactylDouble;
  /** Without it there is no limit; the panel's own is 60. */
  readonly requestsPerMinute?: number;
  /** The panel's APP_TIMEZONE, by its IANA name. */
  readonly timeZone?: string;
}

export interface CtrlPanelDouble extends PanelDouble {
  readonly pterodactyl: PterodactylDouble;
}

export async function startCtrlPanel(options: CtrlPanelOptions = {}): Promise<CtrlPanelDouble> {
  const pterodactyl = options.pterodactyl ?? (await startPterodactyl());
  const server = await startDouble(() => json(200, { data: [] }), options);
  return {
    ...server,
    pterodactyl,
    token: randomBytes(24).toString('hex'),
    journal: [],
    async stop() {
      await server.stop();
      if (options.pterodactyl === undefined) await pterodactyl.stop();
    },
  };
}
