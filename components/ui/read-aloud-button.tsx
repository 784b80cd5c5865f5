'use client';

import { useEffect, useState } from 'react';
import { buttonClass } from './button-class';
import { Icon } from './icons';

/**
 * Reads `text` aloud. It appears only where the device has a voice for `lang` (Vietnamese unless told otherwise); elsewhere nothing is
 * missing, since the text is on the page.
 */
export function ReadAloudButton({
  text,
  label,
  stopLabel,
  lang = 'vi',
}: {
  text: string;
  label: string;
  stopLabel: string;
  lang?: string;
}) {
  const [voice, setVoice] = useState<SpeechSynthesisVoice | null>(null);
  const [speaking, setSpeaking] = useState(false);
  useEffect(() => {
    if (!('speechSynthesis' in window)) return;
    const engine = window.speechSynthesis;
    const look = () => setVoice(engine.getVoices().find((one) => one.lang.toLowerCase().startsWith(lang)) ?? null);
    look();
    engine.addEventListener?.('voiceschanged', look);
    return () => {
      engine.removeEventListener?.('voiceschanged', look);
      engine.cancel();
    };
  }, [lang]);
  if (!voice) return null;
  const toggle = () => {
    window.speechSynthesis.cancel();
    if (speaking) return setSpeaking(false);
    const words = new SpeechSynthesisUtterance(text);
    words.voice = voice;
    words.lang = voice.lang;
    words.rate = 0.9;
    words.onend = () => setSpeaking(false);
    words.onerror = () => setSpeaking(false);
    setSpeaking(true);
    window.speechSynthesis.speak(words);
  };
  return (
    <button type="button" onClick={toggle} className={buttonClass('secondary')}>
      <Icon name={speaking ? 'pause' : 'speaker'} />
      {speaking ? stopLabel : label}
    </button>
  );
}
