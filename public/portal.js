// All the script of a resident's page, and the little that staff pages share with it. Runs before the first paint, so that the
// reader's own colours never flash; waits for nothing, draws nothing, and without it every page works. Written for old browsers.
(function () {
  var root = document.documentElement;
  var settings = { theme: ['light', 'dark', 'contrast'], text: ['large'] };
  root.setAttribute('data-js', '');

  // Colours and type size, kept on this device only.
  function show(name, value) {
    if (settings[name].indexOf(value) >= 0) root.setAttribute('data-' + name, value);
    else root.removeAttribute('data-' + name);
  }
  function restore(name) {
    try {
      show(name, localStorage.getItem(name));
    } catch (e) {
      // Storage is closed to us: the device's own settings hold.
    }
  }
  function choose(name, value) {
    try {
      if (value) localStorage.setItem(name, value);
      else localStorage.removeItem(name);
    } catch (e) {
      // Storage is closed to us: the choice holds for this page.
    }
    show(name, value);
    press();
  }
  /** Tells the buttons of the settings which of them are chosen. */
  function press() {
    each('[data-display]', function (button) {
      var now = root.getAttribute('data-' + button.getAttribute('data-display')) || '';
      button.setAttribute('aria-pressed', String(now === button.value));
    });
  }
  restore('theme');
  restore('text');

  function each(selector, act) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), act);
  }

  // A form goes once: its button says so, and a second press does nothing. Forms that a page's own script sends are its business.
  function sendOnce(event) {
    var form = event.target;
    if (event.defaultPrevented) return;
    if (form.getAttribute('data-sent')) return event.preventDefault();
    form.setAttribute('data-sent', 'yes');
    // On a staff page React is on its way and expects the words it left.
    if (window.__next_f) return;
    var button = event.submitter || form.querySelector('button[data-pending]');
    var words = button && button.querySelector('[aria-live]');
    if (!words || !button.getAttribute('data-pending')) return;
    button.setAttribute('aria-disabled', 'true');
    words.setAttribute('data-words', words.textContent);
    words.textContent = button.getAttribute('data-pending');
  }
  /** Back from the page that came after: the form may go again. */
  function sendAgain(event) {
    if (!event.persisted) return;
    each('form[data-sent]', function (form) {
      form.removeAttribute('data-sent');
    });
    each('[data-words]', function (words) {
      words.textContent = words.getAttribute('data-words');
      words.removeAttribute('data-words');
      words.parentNode.removeAttribute('aria-disabled');
    });
  }

  // Reading aloud, where the device has a voice for the language.
  var engine = window.speechSynthesis;
  function voiceFor(language) {
    return engine.getVoices().find(function (voice) {
      return voice.lang.toLowerCase().indexOf(language) === 0;
    });
  }
  function offerVoice() {
    each('[data-aloud]', function (button) {
      button.hidden = !voiceFor(button.getAttribute('data-voice'));
    });
  }
  function speak(button) {
    var stopped = function () {
      button.removeAttribute('data-speaking');
    };
    engine.cancel();
    if (button.hasAttribute('data-speaking')) return stopped();
    var words = new SpeechSynthesisUtterance(button.getAttribute('data-aloud'));
    words.voice = voiceFor(button.getAttribute('data-voice'));
    words.lang = words.voice.lang;
    words.rate = 0.9;
    words.onend = stopped;
    words.onerror = stopped;
    button.setAttribute('data-speaking', '');
    engine.speak(words);
  }

  // The place looked at last: kept on this device only and offered as a link, never sent by itself.
  function lastPlace() {
    var here = document.querySelector('[data-place]');
    var offer = document.querySelector('[data-last-place]');
    try {
      if (here) {
        var now = { id: here.getAttribute('data-place'), name: here.getAttribute('data-place-name') };
        localStorage.setItem('place', JSON.stringify(now));
      }
      var kept = JSON.parse(localStorage.getItem('place'));
      if (!offer || !kept || !/^[1-9]\d{0,9}$/.test(kept.id)) return;
      var link = offer.querySelector('a');
      link.textContent = String(kept.name).slice(0, 120);
      link.href = offer.getAttribute('data-last-place') + kept.id + '#found';
      offer.hidden = false;
    } catch (e) {
      // Storage is closed to us: there is nothing to offer.
    }
  }
  function forgetPlace() {
    try {
      localStorage.removeItem('place');
    } catch (e) {
      // Then there is nothing to forget.
    }
    each('[data-last-place]', function (offer) {
      offer.hidden = true;
    });
  }

  // A message to carry elsewhere. The old way first: it works on portals without https, too.
  function copy(button) {
    var box = document.getElementById(button.getAttribute('data-copy'));
    box.focus();
    box.select();
    var said = function () {
      button.querySelector('[aria-live]').textContent = button.getAttribute('data-copied');
    };
    if (document.execCommand('copy')) said();
    else if (navigator.clipboard) navigator.clipboard.writeText(box.value).then(said);
  }

  document.addEventListener('click', function (event) {
    var button = event.target.closest ? event.target.closest('button') : null;
    if (!button) return;
    if (button.hasAttribute('data-display')) choose(button.getAttribute('data-display'), button.value);
    if (button.hasAttribute('data-forget-place')) forgetPlace();
    if (button.hasAttribute('data-print')) window.print();
    if (button.hasAttribute('data-aloud')) speak(button);
    if (button.hasAttribute('data-copy')) copy(button);
  });
  // The settings lie over the page: they go away when one goes on, and with Escape, which leads back to where they open.
  function putAway(event) {
    var isKey = event.type === 'keydown';
    each('details.needs-js[open]', function (settings) {
      if (isKey ? event.key !== 'Escape' : settings.contains(event.target)) return;
      settings.open = false;
      if (isKey) settings.querySelector('summary').focus();
    });
  }
  document.addEventListener('click', putAway);
  document.addEventListener('focusin', putAway);
  document.addEventListener('keydown', putAway);
  // Opening the settings: `toggle` does not bubble, and the settings of a page put in by a script are new.
  document.addEventListener('toggle', press, true);
  // On the window: after whatever a page's own script did with it.
  window.addEventListener('submit', sendOnce);
  window.addEventListener('pageshow', sendAgain);
  window.addEventListener('pagehide', function () {
    if (engine) engine.cancel();
  });
  document.addEventListener('DOMContentLoaded', function () {
    press();
    lastPlace();
    var wrong = document.getElementById('error-summary');
    if (wrong) wrong.focus();
    if (!engine) return;
    offerVoice();
    if (engine.addEventListener) engine.addEventListener('voiceschanged', offerVoice);
  });
})();
