/** Shows the print button where the browser can print; without script the reader uses the browser's own menu. */
const button = document.querySelector<HTMLButtonElement>('button[data-print]');
if (button) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}
