/** Why the store cannot be used, in a sentence for whoever runs Steward, with its mend. */
export class StoreFault extends Error {
  override readonly name = 'StoreFault';
}
