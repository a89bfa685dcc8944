namespace Shouwang.EndToEndTests.Harness;

/// <summary>What is asked of a page inside the browser. Each script answers with a list of what is wrong, in words.</summary>
internal static class Looks
{
    private const string Common = """
        const shown = e => { const r = e.getBoundingClientRect(), s = getComputedStyle(e); return r.width > 1 && r.height > 1 && s.visibility !== 'hidden' && s.clipPath === 'none' && s.clip === 'auto'; };
        const name = e => e.tagName.toLowerCase() + (e.id ? '#' + e.id : '') + (e.className && e.className.baseVal === undefined ? '.' + e.className.trim().split(/\s+/).join('.') : '') + ' “' + (e.innerText || e.value || '').trim().slice(0, 24) + '”';
        const reachable = () => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')].filter(e => !e.disabled);
        const row = e => e.closest('.govuk-radios__item, .govuk-checkboxes__item') || e;
        """;

    /// <summary>Doubles the letters and looks for anything that reaches past the edge of the page.</summary>
    public const string SidewaysAtTwiceTheSize = "() => { " + Common + """
        const root = document.documentElement;
        root.style.fontSize = parseFloat(getComputedStyle(root).fontSize) * 2 + 'px';
        const wide = root.clientWidth, scrolls = e => { for (let p = e.parentElement; p; p = p.parentElement) if (['auto', 'scroll'].includes(getComputedStyle(p).overflowX)) return true; return false; };
        const wrong = [...document.body.querySelectorAll('*')].filter(e => shown(e) && e.getBoundingClientRect().right > wide + 1 && !scrolls(e)).slice(0, 5).map(e => 'reaches ' + Math.round(e.getBoundingClientRect().right) + ' of ' + wide + ': ' + name(e));
        if (root.scrollWidth > wide + 1) wrong.push('the page scrolls sideways: ' + root.scrollWidth + ' of ' + wide);
        return wrong; }
        """;

    /// <summary>No text under 18 px as drawn, pictures' labels included.</summary>
    public const string TextUnder18 = "() => { " + Common + """
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), small = new Map();
        for (let n; n = walker.nextNode();) {
          const e = n.parentElement; if (!n.data.trim() || !shown(e) || e.closest('script, style, noscript, option')) continue;
          const svg = e.closest('svg'), scale = svg && e.getScreenCTM ? e.getScreenCTM().a : 1, px = parseFloat(getComputedStyle(e).fontSize) * scale;
          if (px < 17.9) small.set(e, px);
        }
        return [...small].slice(0, 8).map(([e, px]) => px.toFixed(1) + ' px: ' + name(e)); }
        """;

    /// <summary>Everything pressed is at least 44 px each way, what is pressed most 60; a word inside a sentence may be as high as its
    /// line.</summary>
    public const string TargetsTooSmall = "() => { " + Common + """
        const main = '.govuk-button, .tabs a, .govuk-radios__item, .govuk-checkboxes__item';
        const inSentence = e => e.tagName === 'A' && getComputedStyle(e).display === 'inline' && e.parentElement.innerText.trim().length > e.innerText.trim().length;
        return reachable().map(row).filter((e, i, all) => all.indexOf(e) === i && shown(e) && e.tabIndex >= -1 && !inSentence(e) && !e.matches('[role=region]')).flatMap(e => {
          const r = e.getBoundingClientRect(), wants = e.matches(main) ? 60 : 44;
          return r.height < wants - .5 || r.width < 44 - .5 ? [Math.round(r.width) + '×' + Math.round(r.height) + ' px, wants ' + wants + ': ' + name(e)] : [];
        }).slice(0, 8); }
        """;

    /// <summary>After a key was pressed: whatever has the focus shows a ring of at least 2 px and is not hidden behind the tabs.</summary>
    public const string FocusNotSeen = "() => { " + Common + """
        return reachable().flatMap(e => {
          e.focus(); if (document.activeElement !== e || !e.matches(':focus')) return [];
          const ring = [e, row(e)].some(x => { const s = getComputedStyle(x); return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2; });
          const r = row(e).getBoundingClientRect(), over = document.elementFromPoint(r.left + r.width / 2, r.top + r.height / 2);
          const hidden = over && over.closest('.tabs') && !e.closest('.tabs');
          return [...(ring ? [] : ['no ring: ' + name(e)]), ...(hidden ? ['behind the tabs: ' + name(e)] : [])];
        }).slice(0, 8); }
        """;

    /// <summary>With forced colours the backgrounds go: what is pressed, filled in or tagged must keep an edge.</summary>
    public const string EdgeLessInForcedColours = "() => { " + Common + """
        return [...document.querySelectorAll('.govuk-button, .govuk-tag, .govuk-input, .govuk-select, .govuk-textarea, .govuk-radios__item, .govuk-checkboxes__item, .work')].filter(shown).filter(e => {
          const s = getComputedStyle(e); return s.borderTopStyle === 'none' || parseFloat(s.borderTopWidth) < 1; }).slice(0, 8).map(e => 'no edge: ' + name(e)); }
        """;

    /// <summary>A code where a sentence should be (one that is meant to be read stands in a samp);
    /// one heading; a title; the right language.</summary>
    public const string WordsMissing = """
        language => {
          for (const machine of document.querySelectorAll('samp')) machine.remove();
          const wrong = [...document.body.innerText.matchAll(/(^|\s)([a-z][a-z0-9]*\.[a-z][a-z0-9-]*(\.[A-Za-z0-9-]+)*|[a-z][a-z0-9]+(\.[A-Za-z][A-Za-z0-9-]+)+\.)(?=\s|$)/g)].map(m => 'a code instead of words: ' + m[2]);
          for (const link of document.links) if (/^\/[a-z]/.test(link.innerText.trim())) wrong.push('an address instead of words: ' + link.innerText);
          if (document.documentElement.lang !== language) wrong.push('lang is ' + document.documentElement.lang);
          if (!document.title.trim()) wrong.push('no title');
          if (document.querySelectorAll('h1').length !== 1) wrong.push(document.querySelectorAll('h1').length + ' headings of the first level');
          return wrong;
        }
        """;
}
