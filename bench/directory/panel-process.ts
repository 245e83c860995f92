/** A CtrlPanel.gg of any size, in a process of its own: `panel-process.ts <accounts> [requests a minute]`. */
import { startCtrlPanel } from '../../sandbox/panels/ctrlpanel/start.ts';
import { personAt } from './people.ts';

process.once('disconnect', () => process.exit());

const [accounts = '0', requestsPerMinute] = process.argv.slice(2);
const panel = await startCtrlPanel(requestsPerMinute ? { requestsPerMinute: Number(requestsPerMinute) } : {});
for (let position = 0; position < Number(accounts); position += 1) {
  const { username, email } = personAt(position);
  panel.addUserWithoutBackend({ name: username, email });
}
process.send?.({ url: panel.url, token: panel.token });
