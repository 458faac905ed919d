/** What this machine is and can do, and what could be changed. */
package dev.lanewise.cli.doctor;
