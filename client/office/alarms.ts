/** Shows alarms above the page as they go out, and says so when none could be heard. A visible page is told at once; a hidden one asks
 * every five seconds, so that many open pages leave the browser its few connections. */
interface Alarm { incident: string | null; elderName: string; placeName: string; byName: string; at: string }
interface View { version: number; alarms: Alarm[]; more: number; stuckSince: string | null }

const waitSeconds = 15;
const hiddenPauseMs = 5000;
const visiblePauseMs = 200;
const retryMs = 2000;
/** After so long without an answer nobody may believe that there is no alarm. */
const deafAfterMs = 20000;

const strip = document.querySelector<HTMLElement>('[data-alarms]');
if (strip) void listen(strip);

async function listen(strip: HTMLElement): Promise<void> {
  let seen = 0;
  let heardAt = Date.now();
  for (;;) {
    try {
      const wait = document.visibilityState === 'visible' ? waitSeconds : 0;
      const answer = await fetch(`/api/v1/alarms?seen=${seen}&wait=${wait}`, { headers: { Accept: 'application/json' } });
      if (answer.status === 401 || answer.status === 403) { show(strip, [strip.dataset.out ?? '']); return; }
      if (!answer.ok) throw new Error(String(answer.status));
      const view = await answer.json() as View;
      const wasDeaf = strip.hasAttribute('data-deafened');
      if (view.version !== seen || wasDeaf) draw(strip, view);
      [seen, heardAt] = [view.version, Date.now()];
      await pause(wait === 0 ? hiddenPauseMs : visiblePauseMs);
    } catch {
      if (Date.now() - heardAt > deafAfterMs) {
        show(strip, [strip.dataset.deaf ?? '']);
        strip.setAttribute('data-deafened', '');
      }
      await pause(retryMs);
    }
  }
}

function draw(strip: HTMLElement, view: View): void {
  strip.removeAttribute('data-deafened');
  const lines = view.alarms.map(alarm => line(strip, alarm));
  if (view.more > 0) lines.push(text((strip.dataset.more ?? '').replace('{count}', String(view.more))));
  if (view.stuckSince) lines.push(text((strip.dataset.stuck ?? '').replace('{time}', timeOf(view.stuckSince))));
  show(strip, lines);
}

function line(strip: HTMLElement, alarm: Alarm): Node {
  const said = (strip.dataset.said ?? '').replace('{elder}', alarm.elderName).replace('{place}', alarm.placeName)
    .replace('{time}', timeOf(alarm.at)).replace('{by}', alarm.byName);
  const whole = document.createElement('p');
  whole.append(said, ' ');
  if (alarm.incident) {
    const link = document.createElement('a');
    link.href = `/incidents/${alarm.incident}`;
    link.textContent = strip.dataset.open ?? '';
    whole.append(link);
  } else whole.append(strip.dataset.waits ?? '');
  return whole;
}

function show(strip: HTMLElement, lines: (string | Node)[]): void {
  const list = strip.querySelector('ul')!;
  list.replaceChildren(...lines.map(one => { const item = document.createElement('li'); item.append(one); return item; }));
  strip.hidden = lines.length === 0;
  const title = document.title.replace(/^⚠ /, '');
  document.title = strip.hidden ? title : `⚠ ${title}`;
}

function text(said: string): Node { return document.createTextNode(said); }

/** The clock of the villages, whatever the device is set to. */
function timeOf(at: string): string {
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Shanghai' }).format(new Date(at));
}

function pause(ms: number): Promise<void> { return new Promise(done => { setTimeout(done, ms); }); }
