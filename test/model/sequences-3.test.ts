import { testSequences } from './property.ts';

testSequences();
