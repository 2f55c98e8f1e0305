/** Files that a person chooses or drops, and files that the page saves. */

import { byId, optional } from './dom.ts';

/** Calls back with the file that is chosen with an element. */
export function onChosen(id: string, chosen: (file: File) => void): void {
  const input = byId(id, HTMLInputElement);
  input.addEventListener('change', () => {
    const [file] = input.files ?? [];
    if (file !== undefined) chosen(file);
  });
}

/** Calls back with the files that are dropped anywhere on the page. The browser would otherwise open them in its place. */
export function onDropped(dropped: (files: readonly File[]) => void): void {
  const over = (isOver: boolean) => (event: DragEvent) => {
    event.preventDefault();
    document.body.classList.toggle('over', isOver);
  };
  document.addEventListener('dragover', over(true));
  document.addEventListener('dragleave', over(false));
  document.addEventListener('drop', (event) => {
    over(false)(event);
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length > 0) dropped(files);
  });
}

/** Saves a text when a button is pressed, under the name that the button has. Not every page has each button. */
export function saveOnClick(id: string, text: string): void {
  const button = optional(id, HTMLButtonElement);
  button?.addEventListener('click', () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'application/octet-stream' }));
    link.download = button.dataset.name ?? '';
    link.click();
    URL.revokeObjectURL(link.href);
  });
}
