import { features } from '../../src/features/index.js';
import type { TestPerson } from '../support/bot.js';
import { all } from '../support/flows.js';
import { dataOf } from '../support/permission-data.js';
import {
  type Company,
  outsiders,
  type Place,
  people,
  places,
  startCompany,
  unsaid,
} from '../support/permissions.js';

/**
 * What becomes of every button and command, by who uses it and where. What stands after the first colon is whose
 * record it is used on: `:known` is a form sent again for a record that is stored, `:sent` the form that its author sent,
 * `:gone` what is for a record that is not stored.
 *
 * `shown`: something is shown. `read`: a record with all it says. `decide`: that, and the buttons to decide. `opener`:
 * the button with which each opens their own. `done`: a record has changed. All else is a refusal, by its name, after
 * which no record has changed. `*` is everywhere; one word for all is what everybody gets.
 */
const table = `
case                    place employee       author         participant    coordinator    own            admin          silent        silentAuthor
volunteer.open          *     shown
volunteer.edit          *     notYours       read           notYours       notYours       read           notYours       notYours      read
volunteer.edit:session  *     notYours
volunteer.edit:gone     chat  outdated
volunteer.again         *     shown          read           shown          shown          read           shown          shown         read
volunteer.again:session *     shown          shown          shown          read           shown          shown          read          shown
volunteer.again:gone    chat  shown
volunteer.submit        *     done
volunteer.submit:known  *     notYours       done           notYours       notYours       done           notYours       notYours      done
volunteer.submit:sent   *     outdated       read           outdated       outdated       read           outdated       outdated      read
volunteer.submit:moved  *     outdated
volunteer.submit:session *    outdated
volunteer.cancel        *     shown
volunteer.timing        *     shown
host.open               *     shown
host.edit               *     notYours       read           notYours       notYours       read           notYours       notYours      read
host.edit:gone          chat  outdated
host.again              *     shown          read           shown          shown          read           shown          shown         read
host.again:gone         chat  shown
host.submit             *     done
host.submit:known       *     notYours       done           notYours       notYours       done           notYours       notYours      done
host.submit:sent        *     outdated       read           outdated       outdated       read           outdated       outdated      read
host.useDates           *     done
host.useDates:known     *     notYours       done           notYours       notYours       done           notYours       notYours      done
host.keepPossible       *     done
host.keepPossible:known *     notYours       done           notYours       notYours       done           notYours       notYours      done
host.cancel             *     shown
sessions.open           *     shown
sessions.page           *     shown
sessions.chooseArea     *     shown
sessions.view           *     read
sessions.view:offer     *     outdated
sessions.view:gone      chat  outdated
sessions.join           *     done           done           read           done           done           done           done          done
sessions.join:offer     *     outdated
sessions.join:gone      chat  outdated
sessions.leave          *     read           read           done           read           read           read           read          read
sessions.leave:offer    *     outdated
sessions.confirm        *     read           read           done           read           read           read           read          read
sessions.confirm:offer  *    outdated
sessions.manage         *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
sessions.manage:offer   *     notCoordinator notCoordinator notCoordinator outdated       outdated       notCoordinator teamUnknown   teamUnknown
sessions.edit           *     notCoordinator notCoordinator notCoordinator read           read           notCoordinator teamUnknown   teamUnknown
sessions.edit:offer     *     notCoordinator notCoordinator notCoordinator outdated       outdated       notCoordinator teamUnknown   teamUnknown
sessions.save           *     notCoordinator notCoordinator notCoordinator done           done           notCoordinator teamUnknown   teamUnknown
sessions.save:sent      *     notCoordinator notCoordinator notCoordinator shown          outdated       notCoordinator teamUnknown   teamUnknown
sessions.save:crossed   *     notCoordinator notCoordinator notCoordinator outdated       outdated       notCoordinator teamUnknown   teamUnknown
sessions.save:offer     *     notCoordinator notCoordinator notCoordinator outdated       outdated       notCoordinator teamUnknown   teamUnknown
sessions.stay           *     notCoordinator notCoordinator notCoordinator done           done           notCoordinator teamUnknown   teamUnknown
sessions.stay:offer     *     notCoordinator notCoordinator notCoordinator outdated       outdated       notCoordinator teamUnknown   teamUnknown
sessions.close          *     notCoordinator notCoordinator notCoordinator done           done           notCoordinator teamUnknown   teamUnknown
sessions.close:offer    *     notCoordinator notCoordinator notCoordinator outdated       outdated       notCoordinator teamUnknown   teamUnknown
sessions.reopen         *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
sessions.reopen:offer   *     notCoordinator notCoordinator notCoordinator outdated       outdated       notCoordinator teamUnknown   teamUnknown
sessions.cancel         *     notCoordinator notCoordinator notCoordinator done           done           notCoordinator teamUnknown   teamUnknown
sessions.cancel:empty   *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
sessions.cancel:offer   *     notCoordinator notCoordinator notCoordinator outdated       outdated       notCoordinator teamUnknown   teamUnknown
sessions.leave:gone     chat  outdated
mine.open               *     shown
mine.page               *     shown
mine.show               *     notYours       read           notYours       notYours       read           notYours       notYours      read
mine.show:session       *     notYours       notYours       read           notYours       notYours       notYours       notYours      notYours
mine.show:gone          chat  notYours
mine.withdraw           *     notYours       shown          notYours       notYours       shown          notYours       notYours      shown
mine.withdraw:gone      chat  notYours
mine.withdrawConfirmed  *     notYours       done           notYours       notYours       done           notYours       notYours      done
mine.withdrawConfirmed:session * notYours    notYours       done           notYours       notYours       notYours       notYours      notYours
mine.withdrawConfirmed:gone chat notYours
progress.open           *     shown
preferences.open        *     shown
preferences.save        *     done
approval.view           chat  notCoordinator read           notCoordinator decide         read           notCoordinator teamUnknown   read
approval.view           ours  read           read           read           decide         read           read           read          read
approval.view           other notCoordinator read           notCoordinator decide         read           notCoordinator teamUnknown   read
approval.view:session   *     outdated
approval.view:gone      chat  outdated
approval.approve        *     notCoordinator notCoordinator notCoordinator done           ownOffer       notCoordinator teamUnknown   teamUnknown
approval.decline        *     notCoordinator notCoordinator notCoordinator done           ownOffer       notCoordinator teamUnknown   teamUnknown
approval.askChanges     *     notCoordinator notCoordinator notCoordinator done           ownOffer       notCoordinator teamUnknown   teamUnknown
approval.approve:session *    notCoordinator notCoordinator notCoordinator outdated       outdated       notCoordinator teamUnknown   teamUnknown
approval.approve:gone   chat  notCoordinator notCoordinator notCoordinator outdated       outdated       notCoordinator teamUnknown   teamUnknown
approval.decline:empty  *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
approval.decline:gone   chat  notCoordinator notCoordinator notCoordinator outdated       outdated       notCoordinator teamUnknown   teamUnknown
pending.open            chat  notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
pending.open            ours  shown
pending.open            other notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
pending.page            chat  notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
pending.page            ours  shown
pending.page            other notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
pending.chooseFilter    chat  notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
pending.chooseFilter    ours  shown
pending.chooseFilter    other notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
pending.filter          chat  notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
pending.filter          ours  shown
pending.filter          other notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
pending.several         *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
pending.approveSeveral  *     notCoordinator notCoordinator notCoordinator done           ownOffer       notCoordinator teamUnknown   teamUnknown
pending.declineSeveral  *     notCoordinator notCoordinator notCoordinator done           ownOffer       notCoordinator teamUnknown   teamUnknown
pending.approveSeveral:session *  notCoordinator notCoordinator notCoordinator outdated   outdated       notCoordinator teamUnknown   teamUnknown
pending.undelivered     *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
pending.message         *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
pending.resend          *     notCoordinator notCoordinator notCoordinator done           done           notCoordinator teamUnknown   teamUnknown
pending.dismiss         *     notCoordinator notCoordinator notCoordinator done           done           notCoordinator teamUnknown   teamUnknown
pending.message:unknown *     notCoordinator notCoordinator notCoordinator outdated       outdated       notCoordinator teamUnknown   teamUnknown
pending.resend:unknown  *     notCoordinator notCoordinator notCoordinator outdated       outdated       notCoordinator teamUnknown   teamUnknown
pending.resend:unmoved  *     notCoordinator notCoordinator notCoordinator outdated       outdated       notCoordinator teamUnknown   teamUnknown
pending.resend:unreachable *  notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
pending.dismiss:unknown *     notCoordinator notCoordinator notCoordinator outdated       outdated       notCoordinator teamUnknown   teamUnknown
pending.dismiss:unmoved *     notCoordinator notCoordinator notCoordinator outdated       outdated       notCoordinator teamUnknown   teamUnknown
pending.dismiss:unreachable *  notCoordinator notCoordinator notCoordinator done           done           notCoordinator teamUnknown   teamUnknown
search.open             *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
search.find             *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
search.page             *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
publish.open            *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
publish.again           *     notCoordinator notCoordinator notCoordinator read           read           notCoordinator teamUnknown   teamUnknown
publish.again:offer     *     notCoordinator notCoordinator notCoordinator outdated       outdated       notCoordinator teamUnknown   teamUnknown
publish.submit          *     notCoordinator notCoordinator notCoordinator done           done           notCoordinator teamUnknown   teamUnknown
publish.submit:known    *     notCoordinator notCoordinator notCoordinator outdated       outdated       notCoordinator teamUnknown   teamUnknown
publish.submit:sent     *     notCoordinator notCoordinator notCoordinator shown          outdated       notCoordinator teamUnknown   teamUnknown
publish.submit:moved    *     notCoordinator notCoordinator notCoordinator outdated       outdated       notCoordinator teamUnknown   teamUnknown
publish.submit:crossed  *     notCoordinator notCoordinator notCoordinator outdated       outdated       notCoordinator teamUnknown   teamUnknown
publish.submit:offer    *     notCoordinator notCoordinator notCoordinator outdated       outdated       notCoordinator teamUnknown   teamUnknown
publish.cancel          *     shown
invitations.open        *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
invitations.open:offer  *     notCoordinator notCoordinator notCoordinator outdated          outdated          notCoordinator teamUnknown   teamUnknown
invitations.invite      *     notCoordinator notCoordinator notCoordinator done          done          notCoordinator teamUnknown   teamUnknown
invitations.invite:empty *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
invitations.invite:offer *     notCoordinator notCoordinator notCoordinator outdated          outdated          notCoordinator teamUnknown   teamUnknown
invitations.accept      *     outdated       done           outdated       outdated       outdated       outdated       outdated       done
invitations.refuse      *     outdated       done           outdated       outdated       outdated       outdated       outdated       done
invitations.postpone    *     outdated       done           outdated       outdated       outdated       outdated       outdated       done
invitations.postpone:empty *     outdated       read           outdated       outdated       outdated       outdated       outdated       read
invitations.accept:offer *     outdated
dates.open              *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
dates.open:session      *     notCoordinator notCoordinator notCoordinator outdated          outdated          notCoordinator teamUnknown   teamUnknown
dates.fix               *     notCoordinator notCoordinator notCoordinator done          done          notCoordinator teamUnknown   teamUnknown
dates.fix:sent          *     notCoordinator notCoordinator notCoordinator outdated          outdated          notCoordinator teamUnknown   teamUnknown
dates.fix:session       *     notCoordinator notCoordinator notCoordinator outdated          outdated          notCoordinator teamUnknown   teamUnknown
dates.fix:dated         *     notCoordinator notCoordinator notCoordinator outdated          outdated          notCoordinator teamUnknown   teamUnknown
dates.edit              *     notCoordinator notCoordinator notCoordinator read          read          notCoordinator teamUnknown   teamUnknown
dates.edit:session      *     notCoordinator notCoordinator notCoordinator outdated          outdated          notCoordinator teamUnknown   teamUnknown
dates.move              *     notCoordinator notCoordinator notCoordinator done          done          notCoordinator teamUnknown   teamUnknown
dates.move:crossed      *     notCoordinator notCoordinator notCoordinator outdated          outdated          notCoordinator teamUnknown   teamUnknown
dates.move:sent         *     notCoordinator notCoordinator notCoordinator outdated          shown          notCoordinator teamUnknown   teamUnknown
dates.take              *     notCoordinator notCoordinator notCoordinator done          done          notCoordinator teamUnknown   teamUnknown
dates.take:session      *     notCoordinator notCoordinator notCoordinator outdated          outdated          notCoordinator teamUnknown   teamUnknown
dates.confirm           *     notYours       done           notYours       notYours       done           notYours       notYours       done
dates.confirm:session   *     outdated
dates.propose           *     notYours       shown          notYours       notYours       shown          notYours       notYours       shown
dates.send              *     notYours       done           notYours       notYours       done           notYours       notYours       done
dates.send:session      *     outdated
dates.send:sent         *     outdated       read           outdated       outdated       read           outdated       outdated       read
dates.send:crossed      *     outdated
dates.send:empty        *     notYours       shown          notYours       notYours       shown          notYours       notYours       shown
outcome.open            *     notYours       shown          notYours       shown          shown          notYours       teamUnknown   shown
outcome.open:gone       chat  outdated
outcome.held            *     notYours       done           notYours       done           done           notYours       teamUnknown   done
outcome.held:sent       *     outdated       read           outdated       outdated       read           outdated       outdated      read
outcome.held:moved      *     outdated
outcome.held:gone       chat  outdated
outcome.notHeld         *     notYours       done           notYours       done           done           notYours       teamUnknown   done
outcome.notHeld:session *     notYours       notYours       tooEarly       tooEarly       tooEarly       notYours       teamUnknown   teamUnknown
outcome.differ          *     notYours       shown          notYours       shown          shown          notYours       teamUnknown   shown
outcome.differ:answered *     notYours       read           notYours       shown          read           notYours       teamUnknown   read
outcome.present         *     notYours       decided        notYours       notYours       decided        notYours       notYours      decided
outcome.present:answered *    notYours       done           notYours       notYours       done           notYours       notYours      done
outcome.attendance      *     notCoordinator notCoordinator notCoordinator outdated       outdated       notCoordinator teamUnknown   teamUnknown
outcome.attendance:answered * notCoordinator notCoordinator notCoordinator done           done           notCoordinator teamUnknown   teamUnknown
outcome.settle          *     notCoordinator notCoordinator notCoordinator outdated       outdated       notCoordinator teamUnknown   teamUnknown
outcome.settle:answered *     notCoordinator notCoordinator notCoordinator done           done           notCoordinator teamUnknown   teamUnknown
preparation.set         *     notYours       done           notYours       done           done           notYours       teamUnknown   done
preparation.set:session *     outdated
reminders.calendar      *     notYours       shown          notYours       notYours       shown          notYours       notYours      shown
reminders.calendar:session * notYours        notYours       shown          notYours       notYours       notYours       notYours      notYours
outcome.notHeld:gone    chat  outdated
agreements.open         *     notYours       shown          notYours       shown          shown          notYours       teamUnknown   shown
agreements.open:gone    chat  outdated
agreements.save         *     notYours       done           notYours       done           done           notYours       teamUnknown   done
agreements.save:sent    *     notYours       shown          notYours       outdated       shown          notYours       teamUnknown   shown
agreements.save:moved   *     notYours       outdated       notYours       outdated       outdated       notYours       teamUnknown   outdated
agreements.save:gone    chat  outdated
recheck.page            chat  notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
recheck.page            ours  shown
recheck.page            other notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
story.view              chat  notYours       shown          notYours       shown          shown          notYours       teamUnknown   shown
story.view              ours  shown
story.view              other notYours       shown          notYours       shown          shown          notYours       teamUnknown   shown
story.view:session      chat  notYours       notYours       shown          shown          shown          notYours       teamUnknown   teamUnknown
story.view:session      ours  shown
story.view:session      other notYours       notYours       shown          shown          shown          notYours       teamUnknown   teamUnknown
story.view:gone         chat  outdated
agenda.open             *     shown
agenda.page             *     shown
agenda.chooseArea       *     shown
agenda.date             *     outdated
behalf.open             *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
behalf.choose           *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
behalf.menu             *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
behalf.menu:own         *     notCoordinator notCoordinator notCoordinator outdated       outdated       notCoordinator teamUnknown   teamUnknown
behalf.sessions         *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
behalf.action           *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
behalf.action:own       *     notCoordinator notCoordinator notCoordinator outdated       outdated       notCoordinator teamUnknown   teamUnknown
behalf.join             *     notCoordinator notCoordinator notCoordinator done           done           notCoordinator teamUnknown   teamUnknown
behalf.withdraw         *     notCoordinator notCoordinator notCoordinator done           done           notCoordinator teamUnknown   teamUnknown
behalf.withdraw:own     *     notCoordinator notCoordinator notCoordinator outdated       outdated       notCoordinator teamUnknown   teamUnknown
volunteerFor.open       *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
volunteerFor.timing     *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
volunteerFor.cancel     *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
volunteerFor.submit     *     notCoordinator notCoordinator notCoordinator done           done           notCoordinator teamUnknown   teamUnknown
volunteerFor.submit:own *     notCoordinator notCoordinator notCoordinator outdated       outdated       notCoordinator teamUnknown   teamUnknown
hostFor.open            *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
hostFor.cancel          *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
hostFor.submit          *     notCoordinator notCoordinator notCoordinator done           done           notCoordinator teamUnknown   teamUnknown
hostFor.useDates        *     notCoordinator notCoordinator notCoordinator done           done           notCoordinator teamUnknown   teamUnknown
hostFor.keepPossible    *     notCoordinator notCoordinator notCoordinator done           done           notCoordinator teamUnknown   teamUnknown
setup.choose            chat  notAdmin       notAdmin       notAdmin       notAdmin       notAdmin       setupInChannel notAdmin      notAdmin
setup.choose            ours  notAdmin       notAdmin       notAdmin       notAdmin       notAdmin       done           notAdmin      notAdmin
setup.choose            other notAdmin       notAdmin       notAdmin       notAdmin       notAdmin       done           notAdmin      notAdmin
setup.choose            group notAdmin       notAdmin       notAdmin       notAdmin       notAdmin       setupInChannel           notAdmin      notAdmin
setup.stopAnnouncements chat  notAdmin       notAdmin       notAdmin       notAdmin       notAdmin       setupInChannel notAdmin      notAdmin
setup.stopAnnouncements ours  notAdmin       notAdmin       notAdmin       notAdmin       notAdmin       done           notAdmin      notAdmin
setup.stopAnnouncements other notAdmin       notAdmin       notAdmin       notAdmin       notAdmin       done           notAdmin      notAdmin
setup.stopAnnouncements group notAdmin       notAdmin       notAdmin       notAdmin       notAdmin       setupInChannel           notAdmin      notAdmin
report.open             *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
report.show             *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
report.page             *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
report.files            *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
report.offer            chat  notCoordinator notCoordinator notCoordinator done           done           notCoordinator teamUnknown   teamUnknown
report.offer            ours  notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
report.offer            other notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
imports.open            *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
imports.show            *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
imports.show:gone       *     notCoordinator notCoordinator notCoordinator importGone     importGone     notCoordinator teamUnknown   teamUnknown
imports.ask             *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
imports.ask:gone        *     notCoordinator notCoordinator notCoordinator importGone     importGone     notCoordinator teamUnknown   teamUnknown
imports.add             *     notCoordinator notCoordinator notCoordinator done           done           notCoordinator teamUnknown   teamUnknown
imports.add:gone        *     notCoordinator notCoordinator notCoordinator importGone     importGone     notCoordinator teamUnknown   teamUnknown
imports.drop            *     notCoordinator notCoordinator notCoordinator done           done           notCoordinator teamUnknown   teamUnknown
imports.drop:gone       *     notCoordinator notCoordinator notCoordinator importGone     importGone     notCoordinator teamUnknown   teamUnknown
amendments.open         *     notCoordinator notCoordinator notCoordinator read           read           read           teamUnknown    teamUnknown
amendments.page         *     notCoordinator notCoordinator notCoordinator read           read           read           teamUnknown    teamUnknown
amendments.view         *     notCoordinator notCoordinator notCoordinator read           read           read           teamUnknown    teamUnknown
amendments.draft        *     notCoordinator notCoordinator notCoordinator shown          shown          shown          teamUnknown    teamUnknown
amendments.edit         *     notCoordinator notCoordinator notCoordinator read           read           read           teamUnknown    teamUnknown
amendments.save         *     notCoordinator notCoordinator notCoordinator done           done           done           teamUnknown    teamUnknown
amendments.signature    *     notCoordinator notCoordinator notCoordinator read           read           read           teamUnknown    teamUnknown
amendments.sign         *     notCoordinator notCoordinator notCoordinator done           done           done           teamUnknown    teamUnknown
amendments.reopen       *     notCoordinator notCoordinator notCoordinator done           done           done           teamUnknown    teamUnknown
amendments.drop         *     notCoordinator notCoordinator notCoordinator done           done           done           teamUnknown    teamUnknown
amendments.resume       *     notCoordinator notCoordinator notCoordinator amendmentMoved amendmentMoved amendmentMoved teamUnknown    teamUnknown
amendments.save:known   *     notCoordinator notCoordinator notCoordinator done           done           done           teamUnknown    teamUnknown
amendments.save:signed  chat  notCoordinator notCoordinator notCoordinator amendmentMoved amendmentMoved amendmentMoved teamUnknown    teamUnknown
amendments.save:crossed chat  notCoordinator notCoordinator notCoordinator amendmentMoved amendmentMoved amendmentMoved teamUnknown    teamUnknown
amendments.sign:crossed chat  notCoordinator notCoordinator notCoordinator amendmentMoved amendmentMoved amendmentMoved teamUnknown    teamUnknown
amendments.drop:crossed chat  notCoordinator notCoordinator notCoordinator amendmentMoved amendmentMoved amendmentMoved teamUnknown    teamUnknown
amendments.view:gone    chat  notCoordinator notCoordinator notCoordinator outdated       outdated       outdated       teamUnknown    teamUnknown
amendments.edit:gone    chat  notCoordinator notCoordinator notCoordinator outdated       outdated       outdated       teamUnknown    teamUnknown
amendments.edit:signed  chat  notCoordinator notCoordinator notCoordinator outdated       outdated       outdated       teamUnknown    teamUnknown
amendments.sign:gone    chat  notCoordinator notCoordinator notCoordinator outdated       outdated       outdated       teamUnknown    teamUnknown
audit.open              *     notCoordinator notCoordinator notCoordinator shown          shown          shown          teamUnknown    teamUnknown
audit.show              *     notCoordinator notCoordinator notCoordinator shown          shown          shown          teamUnknown    teamUnknown
convention.open         *     notCoordinator notCoordinator notCoordinator read           read           read           teamUnknown    teamUnknown
convention.signature    *     notAdmin       notAdmin       notAdmin       notAdmin       notAdmin       shown          notAdmin       notAdmin
convention.sign         *     notAdmin       notAdmin       notAdmin       notAdmin       notAdmin       done           notAdmin       notAdmin
deadlines.open          *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown    teamUnknown
deadlines.page          *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown    teamUnknown
deadlines.view          *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown    teamUnknown
deadlines.view:marked   chat  notCoordinator notCoordinator notCoordinator read           read           notCoordinator teamUnknown    teamUnknown
deadlines.view:gone     chat  notCoordinator notCoordinator notCoordinator outdated       outdated       notCoordinator teamUnknown    teamUnknown
deadlines.done          *     notCoordinator notCoordinator notCoordinator done           done           notCoordinator teamUnknown    teamUnknown
deadlines.done:marked   chat  notCoordinator notCoordinator notCoordinator deadlineDone   deadlineDone   notCoordinator teamUnknown    teamUnknown
deadlines.done:gone     chat  notCoordinator notCoordinator notCoordinator outdated       outdated       notCoordinator teamUnknown    teamUnknown
deadlines.undo          *     notCoordinator notCoordinator notCoordinator done           done           notCoordinator teamUnknown    teamUnknown
deadlines.undo:crossed  chat  notCoordinator notCoordinator notCoordinator outdated       outdated       notCoordinator teamUnknown    teamUnknown
registers.open          *     notCoordinator notCoordinator notCoordinator shown          shown          shown          teamUnknown    teamUnknown
registers.list          *     notCoordinator notCoordinator notCoordinator shown          shown          shown          teamUnknown    teamUnknown
registers.view          *     notCoordinator notCoordinator notCoordinator read           read           read           teamUnknown    teamUnknown
registers.create        *     notCoordinator notCoordinator notCoordinator shown          shown          shown          teamUnknown    teamUnknown
registers.edit          *     notCoordinator notCoordinator notCoordinator read           read           read           teamUnknown    teamUnknown
registers.ask           *     notCoordinator notCoordinator notCoordinator shown          shown          shown          teamUnknown    teamUnknown
registers.save          *     notCoordinator notCoordinator notCoordinator done           done           done           teamUnknown    teamUnknown
registers.note          *     notCoordinator notCoordinator notCoordinator done           done           done           teamUnknown    teamUnknown
registers.save:known    *     notCoordinator notCoordinator notCoordinator done           done           done           teamUnknown    teamUnknown
registers.note:sent     *     notCoordinator notCoordinator notCoordinator read           outdated       outdated       teamUnknown    teamUnknown
registers.save:sent     *     notCoordinator notCoordinator notCoordinator read           outdated       outdated       teamUnknown    teamUnknown
registers.ask:early     *     notCoordinator notCoordinator notCoordinator read           read           read           teamUnknown    teamUnknown
registers.note:early    *     notCoordinator notCoordinator notCoordinator shown          shown          shown          teamUnknown    teamUnknown
registers.save:crossed  *     notCoordinator notCoordinator notCoordinator shown          shown          shown          teamUnknown    teamUnknown
registers.view:gone     chat  notCoordinator notCoordinator notCoordinator outdated       outdated       outdated       teamUnknown    teamUnknown
registers.edit:gone     chat  notCoordinator notCoordinator notCoordinator outdated       outdated       outdated       teamUnknown    teamUnknown
registers.ask:gone      chat  notCoordinator notCoordinator notCoordinator outdated       outdated       outdated       teamUnknown    teamUnknown
registers.note:gone     chat  notCoordinator notCoordinator notCoordinator outdated       outdated       outdated       teamUnknown    teamUnknown
registers.save:gone     chat  notCoordinator notCoordinator notCoordinator outdated       outdated       outdated       teamUnknown    teamUnknown
report.form             *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
report.formText         *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
regional.open           *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
regional.planned        *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
regional.mute           *     notCoordinator notCoordinator notCoordinator done           done           notCoordinator teamUnknown   teamUnknown
regional.unmute         *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
report.lines            *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
report.findLine         *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
report.line             *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
report.correct          *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
report.line:session     *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
report.line:gone        chat  notCoordinator notCoordinator notCoordinator outdated       outdated       notCoordinator teamUnknown   teamUnknown
report.correct:answered *     notCoordinator notCoordinator notCoordinator outdated       outdated       notCoordinator teamUnknown   teamUnknown
report.saveCorrection   *     notCoordinator notCoordinator notCoordinator done           done           notCoordinator teamUnknown   teamUnknown
report.saveCorrection:session *     notCoordinator notCoordinator notCoordinator outdated       outdated       notCoordinator teamUnknown   teamUnknown
report.saveCorrection:crossed *     notCoordinator notCoordinator notCoordinator outdated       outdated       notCoordinator teamUnknown   teamUnknown
closing.open            *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
closing.close           *     notCoordinator notCoordinator notCoordinator done           done           notCoordinator teamUnknown   teamUnknown
closing.askReopen       *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
closing.reopen          *     notCoordinator notCoordinator notCoordinator done           done           notCoordinator teamUnknown   teamUnknown
closing.reopen:empty    *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
closing.versions        *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
closing.version         *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
closing.differences     *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
help.open               *     shown
events.open             *     shown
events.view             *     shown
events.view:gone        chat  outdated
events.create           *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown    teamUnknown
events.edit             *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown    teamUnknown
events.edit:gone        chat  notCoordinator notCoordinator notCoordinator outdated       outdated       notCoordinator teamUnknown    teamUnknown
events.save             *     notCoordinator notCoordinator notCoordinator done           done           notCoordinator teamUnknown    teamUnknown
events.save:known       *     notCoordinator notCoordinator notCoordinator done           done           notCoordinator teamUnknown    teamUnknown
events.save:gone        chat  notCoordinator notCoordinator notCoordinator outdated       outdated       notCoordinator teamUnknown    teamUnknown
events.save:crossed     *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown    teamUnknown
events.move             *     notCoordinator notCoordinator notCoordinator done           done           notCoordinator teamUnknown    teamUnknown
events.move:gone        chat  notCoordinator notCoordinator notCoordinator outdated       outdated       notCoordinator teamUnknown    teamUnknown
data.open               *     shown
data.offer              chat  done
data.offer              ours  shown
data.offer              other shown
erasure.open            *     shown
erasure.erase           *     shown
retention.keep          *     shown
retention.coming        *     notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
/proposer               chat  shown
/proposer               ours  opener
/proposer               other opener
/accueillir             chat  shown
/accueillir             ours  opener
/accueillir             other opener
/séances                chat  shown
/séances                ours  opener
/séances                other opener
/mes_engagements        chat  shown
/mes_engagements        ours  opener
/mes_engagements        other opener
/agenda                 chat  shown
/agenda                 ours  opener
/agenda                 other opener
/progression            *     shown
/préférences            chat  shown
/préférences            ours  opener
/préférences            other opener
/à_valider              chat  notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
/à_valider              ours  notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
/à_valider              other notCoordinator notCoordinator notCoordinator opener         opener         notCoordinator teamUnknown   teamUnknown
/rechercher             chat  notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
/rechercher             ours  notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
/rechercher             other notCoordinator notCoordinator notCoordinator opener         opener         notCoordinator teamUnknown   teamUnknown
/bilan                  chat  notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
/bilan                  ours  notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
/bilan                  other notCoordinator notCoordinator notCoordinator opener         opener         notCoordinator teamUnknown   teamUnknown
/importer               chat  notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
/importer               ours  notCoordinator notCoordinator notCoordinator opener         opener         notCoordinator teamUnknown   teamUnknown
/importer               other notCoordinator notCoordinator notCoordinator opener         opener         notCoordinator teamUnknown   teamUnknown
/registres              chat  notCoordinator notCoordinator notCoordinator shown          shown          shown          teamUnknown    teamUnknown
/registres              ours  notCoordinator notCoordinator notCoordinator shown          shown          shown          teamUnknown    teamUnknown
/registres              other notCoordinator notCoordinator notCoordinator opener         opener         opener         teamUnknown    teamUnknown
/clôturer               chat  notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
/clôturer               ours  notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
/clôturer               other notCoordinator notCoordinator notCoordinator opener         opener         notCoordinator teamUnknown   teamUnknown
/pour_un_collègue       chat  notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
/pour_un_collègue       ours  notCoordinator notCoordinator notCoordinator opener         opener         notCoordinator teamUnknown   teamUnknown
/pour_un_collègue       other notCoordinator notCoordinator notCoordinator opener         opener         notCoordinator teamUnknown   teamUnknown
/publier                chat  notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown   teamUnknown
/publier                ours  notCoordinator notCoordinator notCoordinator opener         opener         notCoordinator teamUnknown   teamUnknown
/publier                other notCoordinator notCoordinator notCoordinator opener         opener         notCoordinator teamUnknown   teamUnknown
/avenants               chat  notCoordinator notCoordinator notCoordinator read           read           read           teamUnknown    teamUnknown
/avenants               ours  notCoordinator notCoordinator notCoordinator read           read           read           teamUnknown    teamUnknown
/avenants               other notCoordinator notCoordinator notCoordinator opener         opener         opener         teamUnknown    teamUnknown
/historique             chat  notCoordinator notCoordinator notCoordinator shown          shown          shown          teamUnknown    teamUnknown
/historique             ours  notCoordinator notCoordinator notCoordinator shown          shown          shown          teamUnknown    teamUnknown
/historique             other notCoordinator notCoordinator notCoordinator opener         opener         opener         teamUnknown    teamUnknown
/convention             chat  notCoordinator notCoordinator notCoordinator read           read           read           teamUnknown    teamUnknown
/convention             ours  notCoordinator notCoordinator notCoordinator read           read           read           teamUnknown    teamUnknown
/convention             other notCoordinator notCoordinator notCoordinator opener         opener         opener         teamUnknown    teamUnknown
/échéances              chat  notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown    teamUnknown
/échéances              ours  notCoordinator notCoordinator notCoordinator shown          shown          notCoordinator teamUnknown    teamUnknown
/échéances              other notCoordinator notCoordinator notCoordinator opener         opener         notCoordinator teamUnknown    teamUnknown
/configurer             chat  notAdmin       notAdmin       notAdmin       notAdmin       notAdmin       setupInChannel notAdmin      notAdmin
/configurer             ours  notAdmin       notAdmin       notAdmin       notAdmin       notAdmin       shown          notAdmin      notAdmin
/configurer             other notAdmin       notAdmin       notAdmin       notAdmin       notAdmin       shown          notAdmin      notAdmin
/configurer             group notAdmin       notAdmin       notAdmin       notAdmin       notAdmin       setupInChannel          notAdmin      notAdmin
/aide                   *     shown
/temps_forts            chat  shown
/temps_forts            ours  shown
/temps_forts            other opener
/mes_données            chat  shown
/mes_données            ours  opener
/mes_données            other opener
/effacer_mes_données    chat  shown
/effacer_mes_données    ours  opener
/effacer_mes_données    other opener
`;

const [columns = [], ...lines] = table
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/));
const roles = columns.slice(2);

const inGroup = new Set(lines.flatMap(([name, where]) => (where === 'group' ? [name] : [])));
/** In a group chat everything is as in another channel, unless the table says otherwise. */
const placesOf = (name: string, where: string): Place[] => {
  if (where === '*') return Object.keys(places) as Place[];
  return where === 'other' && !inGroup.has(name) ? ['other', 'group'] : [where as Place];
};

/** A row each for a place: the case, where, and what each role gets. */
const rows = lines.flatMap(([name = '', where = '', ...cells]) => {
  const expected = Object.fromEntries(
    roles.map((role, i) => [role, cells.length === 1 ? cells[0] : cells[i]]),
  );
  return placesOf(name, where).map((place) => [name, place, expected] as const);
});

const use = (company: Company, name: string, who: TestPerson, place: Place) =>
  name.startsWith('/')
    ? company.say(who, name.slice(1).replaceAll('_', ' '), place)
    : company.click(who, name.split(':')[0] ?? '', dataOf(name, who), place);

async function becameOf(company: Company, name: string, place: Place, whoever: Record<string, TestPerson>) {
  const became: Record<string, string> = {};
  for (const [role, who] of Object.entries(whoever)) became[role] = await use(company, name, who, place);
  return became;
}
const of = (expected: Record<string, string | undefined>, whoever: object) =>
  Object.fromEntries(Object.keys(whoever).map((role) => [role, expected[role]]));

/** Each button and command once, of whatever record. */
const names = [...new Set(rows.map(([name]) => name.split(':')[0] ?? ''))];
type Outsider = keyof typeof outsiders;
/** So that each of them tries a button in another place than the others. */
const shift: Record<Outsider, number> = { nobody: 0, guest: 1, federated: 2, otherTenant: 3 };

it('the table has every button and every command', () => {
  const verbs = features.flatMap((f) => Object.keys(f.actions).map((name) => `${f.name}.${name}`));
  const commands = features.flatMap((f) => (f.open ? [`/${f.commands.fr[0]?.replaceAll(' ', '_')}`] : []));
  const named = new Set(rows.map(([name]) => name.split(':')[0]));
  expect([...named].sort()).toEqual([...verbs, ...commands].sort());
});

describe('when Teams says who coordinates', () => {
  let company: Company;
  beforeAll(async () => {
    company = await startCompany({ silent: false });
  });
  afterAll(() => company.bot.close());

  it.each(rows)('%s in %s', async (name, place, expected) => {
    expect(await becameOf(company, name, place, people)).toEqual(of(expected, people));
  });

  it.each(Object.entries(outsiders))('nothing is for somebody who is %s', async (who, outsider) => {
    const at = Object.keys(places) as Place[];
    const became: string[] = [];
    // Each in another place; that these are all the same to them is what the rows of each say.
    for (const [i, name] of names.entries())
      became.push(await use(company, name, outsider, at[(i + shift[who as Outsider]) % at.length] ?? 'chat'));
    const expected = who === 'otherTenant' ? 'HTTP 403' : 'unknownPerson';
    expect(names.filter((_, i) => became[i] !== expected)).toEqual([]);
    expect(await all(company.bot, 'people')).not.toContainEqual(
      expect.objectContaining({ teamsId: outsider.id }),
    );
  });
});

describe('when Teams does not say who coordinates', () => {
  let company: Company;
  beforeAll(async () => {
    company = await startCompany({ silent: true });
  });
  afterAll(() => company.bot.close());

  const three = rows.filter(([, place]) => place !== 'group');
  it.each(three)('%s in %s', async (name, place, expected) => {
    expect(await becameOf(company, name, place, unsaid)).toEqual(of(expected, unsaid));
  });
});
