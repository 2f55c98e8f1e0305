import type { systemRegistries } from './system-registries.ts';

/** Opens registries as {@link systemRegistries} does. Only who has images loads what they need. */
export async function loadRegistries(
  ...options: Parameters<typeof systemRegistries>
): Promise<ReturnType<typeof systemRegistries>> {
  const { systemRegistries: open } = await import('./system-registries.ts');
  return open(...options);
}
