/** Two books side by side, a movement in each row, with one line that says whether they are equal. */
import type { BooksView, MovementView } from '../../hurt/protocol.ts';
import { useNow } from '../clock.ts';
import { formatRelative } from '../messages/times.ts';

export function Books({ books: { verdict, movements } }: { books: BooksView }) {
  return (
    <section class="books" aria-label="Books">
      <p class={`verdict verdict-${verdict.tone}`} role="status">
        {verdict.says}
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">Steward's ledger</th>
            <th scope="col">The panel's own journal</th>
          </tr>
        </thead>
        <tbody>
          {movements.map((movement) => (
            <Movement key={movement.key} movement={movement} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Movement({ movement: { account, atMs, ledger, journal } }: { movement: MovementView }) {
  const nowMs = useNow(1_000);
  return (
    <tr>
      <td>
        {ledger ? (
          <>
            <Line label={`${ledger.operation} ${account}`} amount={ledger.amount} />
            <small class="quiet">
              {formatRelative(atMs, nowMs)} · {ledger.state}
            </small>
          </>
        ) : (
          <Nothing />
        )}
      </td>
      <td>
        {journal ? (
          <>
            <Line label={account} amount={journal.amount} />
            <small class="quiet">
              {journal.before} → {journal.after}
            </small>
          </>
        ) : (
          <Nothing />
        )}
      </td>
    </tr>
  );
}

function Line({ label, amount }: { label: string; amount: string | null }) {
  return (
    <span class="book-line">
      <span dir="auto">{label}</span>
      {amount !== null && <b>{amount}</b>}
    </span>
  );
}

function Nothing() {
  return <span class="quiet">nothing</span>;
}
