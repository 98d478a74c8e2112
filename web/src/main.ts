import './theme.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { applyTheme } from './theme.ts';

applyTheme();
const target = document.getElementById('page');
if (target) mount(App, { target });
