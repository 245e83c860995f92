import { defineConfig, mergeConfig } from 'vitest/config';
import config from './vitest.config.ts';

/** The model test at length: four files of so many sequences each. */
export default mergeConfig(config, defineConfig({ test: { env: { MODEL_SEQUENCES: '5000' } } }));
